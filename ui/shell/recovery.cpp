// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/recovery.h"

#include "base/json.h"
#include "service/private_file.h"
#include "shell/flow_tab.h"

#include <QDir>
#include <QPointer>
#include <QSaveFile>
#include <QUuid>

namespace flow {

namespace {

constexpr int delayMs = 1500;
const QString copyPattern = QStringLiteral("*.copy");

QString rootOf(const QString &dataDir)
{
    return dataDir + QStringLiteral("/recovery");
}

QString lockOf(const QString &folder)
{
    return folder + QStringLiteral("/lock");
}

/// One line that says where the flow belongs, then the flow file.
QByteArray copyOf(const DocumentHome &home, const QByteArray &file)
{
    const QJsonObject where{{QStringLiteral("kind"), static_cast<int>(home.kind)},
                            {QStringLiteral("path"), home.filePath},
                            {QStringLiteral("flow"), home.flowId},
                            {QStringLiteral("version"), home.version}};
    return json::writeCompact(where).trimmed() + '\n' + file;
}

std::optional<RecoveredFlow> readCopy(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    const qsizetype line = bytes.indexOf('\n');
    const QJsonObject where = json::parse(bytes.left(line)).value.toObject();
    const QByteArray text = bytes.mid(line + 1);
    const FlowFileReading reading = readFlowFile(text, path);
    // A draft need not be a whole flow yet; it is enough that nothing of it is lost.
    const bool isKnown = reading.ok() || writeFlowFile(reading.file) == text;
    const int kind = where[QStringLiteral("kind")].toInt(-1);
    if (line < 0 || !isKnown || kind < 0 || kind > static_cast<int>(DocumentHome::Kind::File))
        return {};
    return RecoveredFlow{reading.file,
                         {static_cast<DocumentHome::Kind>(kind), where[QStringLiteral("path")].toString(),
                          where[QStringLiteral("flow")].toString(), where[QStringLiteral("version")].toInt()},
                         path};
}

/// Gives it a name beside the folders, where nothing removes it. Empty when that fails; it stays where it is then.
QString putAside(const QFileInfo &copy)
{
    const QString base = copy.dir().absolutePath() + u'-' + copy.completeBaseName();
    QString name = base + QStringLiteral(".unreadable");
    for (int number = 2; QFile::exists(name); ++number)
        name = QStringLiteral("%1-%2.unreadable").arg(base).arg(number);
    return QFile::rename(copy.absoluteFilePath(), name) ? name : QString();
}

/// A folder without copies holds nothing that anybody misses.
void removeIfSpent(const QString &folder)
{
    if (QDir(folder).entryList({copyPattern}, QDir::Files | QDir::Hidden | QDir::System).isEmpty())
        QDir(folder).removeRecursively();
}

Result<void> writeCopy(const QString &path, const QByteArray &bytes)
{
    QSaveFile copy(path);
    const bool isOpen = copy.open(QIODevice::WriteOnly);
    if (isOpen)
        copy.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (isOpen && copy.write(bytes) == bytes.size() && copy.commit())
        return {};
    return Error{.code = ErrorCode::Io, .reason = copy.errorString(), .file = path};
}

/// Folders whose program is dead.
QStringList abandoned(const QString &dataDir)
{
    QStringList folders;
    for (const QFileInfo &entry : QDir(rootOf(dataDir)).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time)) {
        QLockFile lock(lockOf(entry.absoluteFilePath()));
        lock.setStaleLockTime(0);
        if (lock.tryLock(0))
            folders.append(entry.absoluteFilePath());
    }
    return folders;
}

} // namespace

Recovery::Recovery(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , m_root(rootOf(dataDir))
{
    m_writer.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMs);
    connect(&m_delay, &QTimer::timeout, this, &Recovery::writeDue);
}

Recovery::~Recovery()
{
    m_writer.waitForDone();
    m_lock.reset();
    if (!m_folder.isEmpty())
        QDir(m_folder).removeRecursively();
    QDir().rmdir(m_root); // if it is empty
}

RecoveryFinds Recovery::leftBehind(const QString &dataDir)
{
    RecoveryFinds result;
    for (const QString &folder : abandoned(dataDir)) {
        for (const QFileInfo &copy : QDir(folder).entryInfoList({copyPattern}, QDir::Files, QDir::Name)) {
            if (const std::optional<RecoveredFlow> flow = readCopy(copy.absoluteFilePath())) {
                result.flows.append(*flow);
                continue;
            }
            const QString kept = putAside(copy);
            result.unreadable.append(kept.isEmpty() ? copy.absoluteFilePath() : kept);
            removeIfSpent(folder);
        }
    }
    return result;
}

void Recovery::forget(const QList<RecoveredFlow> &flows)
{
    for (const RecoveredFlow &flow : flows) {
        QFile::remove(flow.copy);
        removeIfSpent(QFileInfo(flow.copy).absolutePath());
    }
}

void Recovery::follow(FlowTab *tab)
{
    if (tab->document()->isReadOnly())
        return;
    m_tabs.insert(tab, ++m_lastNumber);
    const auto refresh = [this, tab] {
        if (!tab->document()->isModified())
            return remove(tab);
        m_due.insert(tab);
        if (!m_delay.isActive())
            m_delay.start();
    };
    connect(tab->document(), &FlowDocument::contentChanged, this, refresh);
    connect(tab->document(), &FlowDocument::modifiedChanged, this, refresh);
    connect(tab, &QObject::destroyed, this, [this, tab] {
        remove(tab);
        m_tabs.remove(tab);
    });
    if (tab->document()->isModified()) {
        m_due.insert(tab);
        writeDue();
    }
}

Result<void> Recovery::prepareFolder()
{
    if (!m_folder.isEmpty())
        return {};
    const QString folder = m_root + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (Result<void> made = makePrivateFolder(folder); !made)
        return made;
    auto lock = std::make_unique<QLockFile>(lockOf(folder));
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0))
        return Error{.code = ErrorCode::Io, .reason = tr("cannot be locked"), .file = folder};
    m_lock = std::move(lock);
    m_folder = folder;
    return {};
}

void Recovery::writeDue()
{
    if (m_due.isEmpty())
        return;
    const Result<void> prepared = prepareFolder();
    const QSet<FlowTab *> due = std::exchange(m_due, {});
    for (const FlowTab *tab : due) {
        const int number = numberOf(tab);
        if (!prepared) {
            noteResult(number, prepared);
            continue;
        }
        // The file is a value: writing it as text happens on the other thread.
        m_writer.start(
            [this, number, path = pathOf(tab), home = tab->document()->home(), file = tab->document()->file()] {
                const Result<void> written = writeCopy(path, copyOf(home, writeFlowFile(file)));
                QMetaObject::invokeMethod(this, [this, number, written] { noteResult(number, written); });
            });
    }
}

void Recovery::noteResult(int number, const Result<void> &written)
{
    FlowTab *tab = m_tabs.key(number);
    if (written || !tab || !tab->document()->isModified()) {
        m_unwritten.remove(number);
        return;
    }
    m_due.insert(tab);
    const bool isNews = m_unwritten.isEmpty();
    m_unwritten.insert(number);
    if (isNews)
        Q_EMIT failed(written.error());
}

void Recovery::writeNow(QObject *context, std::function<void(bool allWritten)> then)
{
    writeDue();
    // Behind the results of all that has been given to the writer before.
    m_writer.start([this, context = QPointer<QObject>(context), then = std::move(then)] {
        QMetaObject::invokeMethod(this, [this, context, then] {
            if (context)
                then(m_unwritten.isEmpty());
        });
    });
}

void Recovery::remove(const FlowTab *tab)
{
    m_due.remove(const_cast<FlowTab *>(tab));
    m_unwritten.remove(numberOf(tab));
    if (!m_folder.isEmpty())
        m_writer.start([path = pathOf(tab)] { QFile::remove(path); });
}

int Recovery::numberOf(const FlowTab *tab) const
{
    return m_tabs.value(const_cast<FlowTab *>(tab));
}

QString Recovery::pathOf(const FlowTab *tab) const
{
    return m_folder + QStringLiteral("/%1.copy").arg(numberOf(tab));
}

void Recovery::flush()
{
    m_delay.stop();
    writeDue();
    m_writer.waitForDone();
}

} // namespace flow
