// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/recovery.h"

#include "base/json.h"
#include "service/private_file.h"
#include "shell/flow_tab.h"

#include <QDir>
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
    const FlowFileReading reading = readFlowFile(bytes.mid(line + 1), path);
    const int kind = where[QStringLiteral("kind")].toInt(-1);
    if (line < 0 || !reading.ok() || kind < 0 || kind > static_cast<int>(DocumentHome::Kind::File))
        return {};
    return RecoveredFlow{reading.file,
                         {static_cast<DocumentHome::Kind>(kind), where[QStringLiteral("path")].toString(),
                          where[QStringLiteral("flow")].toString(), where[QStringLiteral("version")].toInt()}};
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

QList<RecoveredFlow> Recovery::leftBehind(const QString &dataDir)
{
    QList<RecoveredFlow> flows;
    for (const QString &folder : abandoned(dataDir)) {
        for (const QFileInfo &copy : QDir(folder).entryInfoList({copyPattern}, QDir::Files, QDir::Name)) {
            if (const std::optional<RecoveredFlow> flow = readCopy(copy.absoluteFilePath()))
                flows.append(*flow);
        }
    }
    return flows;
}

void Recovery::forgetLeftBehind(const QString &dataDir)
{
    for (const QString &folder : abandoned(dataDir))
        QDir(folder).removeRecursively();
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

bool Recovery::prepareFolder()
{
    if (!m_folder.isEmpty())
        return true;
    const QString folder = m_root + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!makePrivateFolder(folder))
        return false;
    m_lock = std::make_unique<QLockFile>(lockOf(folder));
    m_lock->setStaleLockTime(0);
    if (!m_lock->tryLock(0))
        return false;
    m_folder = folder;
    return true;
}

void Recovery::writeDue()
{
    const QSet<FlowTab *> due = std::exchange(m_due, {});
    if (due.isEmpty() || !prepareFolder())
        return;
    for (const FlowTab *tab : due) {
        // The file is a value: writing it as text happens on the other thread.
        m_writer.start([path = pathOf(tab), home = tab->document()->home(), file = tab->document()->file()] {
            QSaveFile copy(path);
            if (copy.open(QIODevice::WriteOnly)) {
                copy.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
                copy.write(copyOf(home, writeFlowFile(file)));
                copy.commit();
            }
        });
    }
}

void Recovery::remove(const FlowTab *tab)
{
    m_due.remove(const_cast<FlowTab *>(tab));
    if (!m_folder.isEmpty())
        m_writer.start([path = pathOf(tab)] { QFile::remove(path); });
}

QString Recovery::pathOf(const FlowTab *tab) const
{
    return m_folder + QStringLiteral("/%1.copy").arg(m_tabs.value(const_cast<FlowTab *>(tab)));
}

void Recovery::flush()
{
    m_delay.stop();
    writeDue();
    m_writer.waitForDone();
}

} // namespace flow
