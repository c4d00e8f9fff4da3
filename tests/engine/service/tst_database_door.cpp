// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace flow;

namespace {

/// Folders of which the disk still takes the names; endless below zero.
int s_foldersLeft = -1;

} // namespace

/// Takes the place of the C library's.
extern "C" int fsync(int descriptor)
{
    struct stat what = {};
    if (::fstat(descriptor, &what) == 0 && S_ISDIR(what.st_mode) && s_foldersLeft >= 0 && s_foldersLeft-- == 0) {
        errno = EIO;
        return -1;
    }
    return reinterpret_cast<decltype(&fsync)>(::dlsym(RTLD_NEXT, "fsync"))(descriptor);
}

/// Who may be at a database file when: programs that share it, and one that puts a backup in its place.
class TestDatabaseDoor : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void isHeldUntilTheDatabaseIsClosed();
    void whoComesInMeanwhileWaits();
    void undoesWhatWasCutOff();
    void whoOnlyLooksComesInToo();
    void staysShutToOneWithTwoNames();
    void makesNothingForNothing();
    void forgetsWhatWasAskedOfTheOldOne_data();
    void forgetsWhatWasAskedOfTheOldOne();
};

/// What is removed from these folders, in order.
class Removals
{
public:
    explicit Removals(const QStringList &folders)
        : m_descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        for (const QString &folder : folders)
            ::inotify_add_watch(m_descriptor, QFile::encodeName(folder).constData(), IN_DELETE);
    }
    ~Removals() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Removals)

    QStringList names() const
    {
        QStringList names;
        alignas(inotify_event) char buffer[4096];
        for (ssize_t bytes = ::read(m_descriptor, buffer, sizeof buffer); bytes > 0;
             bytes = ::read(m_descriptor, buffer, sizeof buffer)) {
            for (ssize_t at = 0; at < bytes;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                names.append(QString::fromLocal8Bit(event->name));
                at += ssize_t(sizeof(inotify_event)) + event->len;
            }
        }
        return names;
    }

private:
    int m_descriptor;
};

/// The last who closes it removes its log by name: whatever has that name by then.
void TestDatabaseDoor::isHeldUntilTheDatabaseIsClosed()
{
    ServiceFixture service{QString()};
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const Removals removals({service.dataDir(), service.dataDir() + QStringLiteral("/flows.db-owners")});
    service.close();
    const QStringList names = removals.names();
    QCOMPARE(names.filter(QStringLiteral("flows.db-wal")).size(), 1);
    QVERIFY2(names.constLast().startsWith(QStringLiteral("owner-")), qPrintable(names.join(u' ')));
}

namespace {

/// Whether somebody of this program waits for a lock of the system.
bool somebodyWaits()
{
    QFile locks(QStringLiteral("/proc/locks"));
    if (!locks.open(QIODevice::ReadOnly))
        return false;
    const QList<QByteArray> lines = locks.readAll().split('\n');
    return std::any_of(lines.begin(), lines.end(), [](const QByteArray &line) {
        return line.contains("-> FLOCK") && line.contains(' ' + QByteArray::number(::getpid()) + ' ');
    });
}

/// As a program leaves it that dies in the middle of a restore.
void cutOff(const QString &database)
{
    const QString old = database + QStringLiteral(".replaced-20260110-155530");
    QCOMPARE(::link(QFile::encodeName(database).constData(), QFile::encodeName(old).constData()), 0);
    QFile::rename(database + QStringLiteral("-wal"), old + QStringLiteral("-wal"));
}

} // namespace

/// A database that has two names for a moment is nothing that concerns others.
void TestDatabaseDoor::whoComesInMeanwhileWaits()
{
    ServiceFixture service{QString()};
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const ServiceSettings settings = service->settings();
    service.close();
    const QString file = service.dataDir() + QStringLiteral("/flows.db");
    const int folder = ::open(QFile::encodeName(file + QStringLiteral("-owners")).constData(), O_RDONLY | O_CLOEXEC);
    QCOMPARE(::flock(folder, LOCK_EX | LOCK_NB), 0);
    QVERIFY(QFile::rename(file, file + QStringLiteral(".aside")));
    QVERIFY(QFile::copy(file + QStringLiteral(".aside"), file));
    const QString second = service.dataDir() + QStringLiteral("/second");
    QCOMPARE(::link(QFile::encodeName(file).constData(), QFile::encodeName(second).constData()), 0);

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("waits while a backup is put in the place")));
    std::atomic<bool> isOver = false;
    QString error;
    std::thread program([&] {
        const auto opened = FlowService::open(settings);
        error = opened ? QString() : opened.error().text();
        isOver = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(isOver || somebodyWaits(), 30'000);
    const bool hasWaited = !isOver;
    QFile::remove(second);
    ::close(folder);
    program.join();
    QVERIFY2(hasWaited, qPrintable(error));
    QCOMPARE(error, QString());
}

void TestDatabaseDoor::undoesWhatWasCutOff()
{
    ServiceFixture service{QString()};
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const QString backup = service.dataDir() + QStringLiteral("/backup.db");
    QVERIFY(service->backUpDatabase(backup, ExistingFile::Keep));
    const ServiceSettings settings = service->settings();
    service.close();
    cutOff(service.dataDir() + QStringLiteral("/flows.db"));
    service.reopen();
    QVERIFY(service->flow(QStringLiteral("x")));
    service.close();
    cutOff(service.dataDir() + QStringLiteral("/flows.db"));
    const Result<QString> old = FlowService::restoreDatabase(settings, backup);
    QVERIFY2(old.ok(), old ? "" : qPrintable(old.error().text()));
    QCOMPARE(QDir(service.dataDir()).entryList({QStringLiteral("flows.db.replaced-20260110*")}), QStringList());
}

namespace {

/// A program that was killed leaves its log, with all that it wrote.
void killed(ServiceFixture &service)
{
    const QString file = service.dataDir() + QStringLiteral("/flows.db");
    const QString left = service.dataDir() + QStringLiteral("/left");
    const QString log = QStringLiteral("-wal");
    QVERIFY(QFile::copy(file, left) && QFile::copy(file + log, left + log));
    service.close();
    QVERIFY(QFile::remove(file) && QFile::rename(left, file) && QFile::rename(left + log, file + log));
}

} // namespace

/// Without its log the database is an old one.
void TestDatabaseDoor::whoOnlyLooksComesInToo()
{
    ServiceFixture service{QString()};
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const ServiceSettings settings = service->settings();
    const LibraryFlows flows = service->libraryFlows().value();
    killed(service);
    cutOff(service.dataDir() + QStringLiteral("/flows.db"));
    const auto seen = FlowService::lookAtLibrary(settings);
    QVERIFY2(seen.ok(), seen ? "" : qPrintable(seen.error().text()));
    QCOMPARE(*seen, std::optional(flows));
    service.reopen();
    QVERIFY(service->flow(QStringLiteral("x")));
}

/// By the other name another log belongs to it.
void TestDatabaseDoor::staysShutToOneWithTwoNames()
{
    ServiceFixture service{QString()};
    const QString backup = service.dataDir() + QStringLiteral("/backup.db");
    QVERIFY(service->backUpDatabase(backup, ExistingFile::Keep));
    const ServiceSettings settings = service->settings();
    service.close();
    const QByteArray file = QFile::encodeName(service.dataDir() + QStringLiteral("/flows.db"));
    QCOMPARE(::link(file.constData(), (file + "-too").constData()), 0);
    QVERIFY(FlowService::restoreDatabase(settings, backup).error().reason.contains(QStringLiteral("second name")));
    QVERIFY(FlowService::open(settings).error().reason.contains(QStringLiteral("second name")));
    const auto seen = FlowService::lookAtLibrary(settings);
    QVERIFY(!seen && seen.error().reason.contains(QStringLiteral("second name")));
}

/// Somebody has mistaken the folder, or the file.
void TestDatabaseDoor::makesNothingForNothing()
{
    const QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.filePath(QStringLiteral("data"));
    const Result<QString> old = FlowService::restoreDatabase(settings, folder.filePath(QStringLiteral("nosuch.db")));
    QVERIFY(!old);
    QCOMPARE(old.error().code, ErrorCode::NotFound);
    const auto seen = FlowService::lookAtLibrary(settings);
    QVERIFY(seen && !*seen);
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

void TestDatabaseDoor::forgetsWhatWasAskedOfTheOldOne_data()
{
    QTest::addColumn<int>("foldersLeft");
    QTest::addColumn<bool>("isRestored");
    QTest::addColumn<bool>("isForgotten");
    QTest::newRow("all is well") << -1 << true << true;
    QTest::newRow("the disk fails once the new one is there") << 1 << false << true;
    QTest::newRow("the disk fails before") << 0 << false << false;
}

/// The executions of the new one have the same numbers.
void TestDatabaseDoor::forgetsWhatWasAskedOfTheOldOne()
{
    QFETCH(int, foldersLeft);
    ServiceFixture service{QString()};
    const QString backup = service.dataDir() + QStringLiteral("/backup.db");
    QVERIFY(service->backUpDatabase(backup, ExistingFile::Keep));
    const ServiceSettings settings = service->settings();
    service.close();
    QFile request(service.dataDir() + QStringLiteral("/flows.db-owners/cancel-1"));
    QVERIFY(request.open(QIODevice::WriteOnly));
    s_foldersLeft = foldersLeft;
    const Result<QString> old = FlowService::restoreDatabase(settings, backup);
    s_foldersLeft = -1;
    QTEST(old.ok(), "isRestored");
    QTEST(!request.exists(), "isForgotten");
}

QTEST_GUILESS_MAIN(TestDatabaseDoor)
#include "tst_database_door.moc"
