// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database_inspection.h"
#include "storage/database_statistics.h"
#include "storage/restoring.h"
#include "storage/sqlite_backend.h"
#include "storage/storage_connection.h"
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace flow;
using namespace flow::test;

namespace {

/// Calls that the program still makes before it dies; endless below zero.
int s_callsLeft = -1;
QStringList *s_synced = nullptr;
/// Calls of fsync() that still succeed; endless below zero.
int s_syncsLeft = -1;

template <typename Function>
Function *real(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

void countCall()
{
    if (s_callsLeft >= 0 && s_callsLeft-- == 0)
        ::_exit(1);
}

} // namespace

// What the program asks of the file system: these take the place of the C library's.
extern "C" {
int link(const char *from, const char *to) noexcept
{
    countCall();
    return real<decltype(link)>("link")(from, to);
}
int rename(const char *from, const char *to) noexcept
{
    countCall();
    return real<decltype(rename)>("rename")(from, to);
}
int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    countCall();
    return real<decltype(renameat2)>("renameat2")(fromFolder, from, toFolder, to, flags);
}
int unlink(const char *name) noexcept
{
    countCall();
    return real<decltype(unlink)>("unlink")(name);
}
int fsync(int descriptor)
{
    countCall();
    if (s_synced)
        s_synced->append(QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(descriptor)));
    if (s_syncsLeft == 0) {
        errno = EIO;
        return -1;
    }
    if (s_syncsLeft > 0)
        --s_syncsLeft;
    return real<decltype(fsync)>("fsync")(descriptor);
}
}

/// What is there when a program dies in the middle of putting a backup back.
class TestRestoring : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void mayDieAnywhere_data();
    void mayDieAnywhere();
    void saysWhatIsInTheWayOfTheLog();
    void isOnTheDiskInTheEnd();
    void saysWhatIsThereWhereTheDiskFails();
};

namespace {

/// Two flows, of which the log holds one, as a program leaves it that was killed; the backup has neither.
void prepare(TestDatabase &database, const QString &backup)
{
    VERIFY_OK(copyTo(*database, backup, ExistingFile::Keep));
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("one")), {}));
    database.reopen();
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("two")), {}));
    const QString file = database.file();
    for (const QString &suffix : {QString(), QStringLiteral("-wal")})
        QVERIFY(QFile::copy(file + suffix, database.folder() + QStringLiteral("/left") + suffix));
    database.close();
    QVERIFY(QFile::remove(file));
    for (const QString &suffix : {QString(), QStringLiteral("-wal")})
        QVERIFY(QFile::rename(database.folder() + QStringLiteral("/left") + suffix, file + suffix));
}

/// Whether it came to its end before it had made so many calls.
bool restoredWithin(int calls, const QString &backup, const QString &database)
{
    const pid_t child = ::fork();
    if (child == 0) {
        s_callsLeft = calls;
        const Result<PutBack> done = putBackupBack(backup, database);
        const bool restored = done && done->isOnDisk;
        s_callsLeft = -1;
        ::_exit(restored ? 0 : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// As a tool does that knows nothing of all this: SQLite leaves an empty log then, where there is none.
void lookAt(const QString &database)
{
    const auto opened =
        StorageConnection::open(std::make_shared<SqliteBackend>(database), StorageConnection::Mode::ReadOnly);
    VERIFY_OK(opened);
    VERIFY_OK(Statement(**opened, QStringLiteral("SELECT count(*) FROM flows")).run());
}

} // namespace

void TestRestoring::mayDieAnywhere_data()
{
    QTest::addColumn<bool>("withOldLog");
    QTest::addColumn<bool>("isLookedAt"); // before anybody undoes it
    QTest::newRow("a program was killed before") << true << false;
    QTest::newRow("a program was killed before, and somebody looks") << true << true;
    QTest::newRow("all programs had ended") << false << false;
    QTest::newRow("all programs had ended, and somebody looks") << false << true;
}

void TestRestoring::mayDieAnywhere()
{
    QFETCH(bool, withOldLog);
    QFETCH(bool, isLookedAt);
    const QStringList before{QStringLiteral("one"), QStringLiteral("two")};
    bool wasNew = false;
    for (int calls = 0, ended = 0; ended == 0; ++calls) {
        TestDatabase database;
        const QString backup = database.folder() + QStringLiteral("/copy.db");
        prepare(database, backup);
        if (!withOldLog)
            database.reopen();
        database.close();
        ended = restoredWithin(calls, backup, database.file());
        if (isLookedAt)
            lookAt(database.file());
        VERIFY_OK(undoRestoring(database.file()));
        const auto opened = Database::open(database.location());
        QVERIFY2(opened.ok(), qPrintable(QStringLiteral("after %1 calls: ").arg(calls) +
                                         (opened ? QString() : opened.error().text())));
        database.open();
        const QStringList flows = database.rows(QStringLiteral("SELECT id FROM flows ORDER BY id"));
        QVERIFY2(flows == before || flows.isEmpty(), qPrintable(flows.join(u' ')));
        QVERIFY2(!wasNew || flows.isEmpty(), "first the new one, then the old one");
        wasNew = flows.isEmpty();
        QCOMPARE(inspect(*database).value(), QStringList());
        const QStringList kept = QDir(database.folder()).entryList({QStringLiteral("flows.db.replaced-*")});
        QCOMPARE(kept.isEmpty(), !wasNew);
        QVERIFY(calls < 100);
    }
    QVERIFY(wasNew);
}

/// What was written by a program that had the database without its log cannot be put together with that.
void TestRestoring::saysWhatIsInTheWayOfTheLog()
{
    TestDatabase database;
    prepare(database, database.folder() + QStringLiteral("/copy.db"));
    const QString file = database.file();
    const QString old = file + QStringLiteral(".replaced-20260110-155530");
    const QString log = QStringLiteral("-wal");
    QCOMPARE(::link(QFile::encodeName(file).constData(), QFile::encodeName(old).constData()), 0);
    QVERIFY(QFile::copy(file + log, old + log));
    const Result<void> undone = undoRestoring(file);
    QVERIFY(!undone);
    QCOMPARE(undone.error().code, ErrorCode::Io);
    QVERIFY2(undone.error().reason.contains(old + log), qPrintable(undone.error().reason));
    QVERIFY(QFileInfo::exists(old) && QFileInfo::exists(old + log));
    QVERIFY(QFile::remove(file + log)); // what the person is told to do
    VERIFY_OK(undoRestoring(file));
    database.open();
    QCOMPARE(database.rows(QStringLiteral("SELECT id FROM flows ORDER BY id")),
             (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
}

/// Where the power goes after "Restored", it is.
void TestRestoring::isOnTheDiskInTheEnd()
{
    TestDatabase database;
    const QString backup = database.folder() + QStringLiteral("/copy.db");
    VERIFY_OK(copyTo(*database, backup, ExistingFile::Keep));
    database.close();
    QStringList synced;
    s_synced = &synced;
    const Result<PutBack> done = putBackupBack(backup, database.file());
    s_synced = nullptr;
    VERIFY_OK(done);
    VERIFY_OK(done->isOnDisk);
    QVERIFY2(synced.size() > 1, qPrintable(synced.join(u' ')));
    QCOMPARE(synced.last(), database.folder());
}

/// Up to the last step all is as it was; then the new one is there, and the old one is to be found.
void TestRestoring::saysWhatIsThereWhereTheDiskFails()
{
    int inPlace = 0;
    bool isOver = false;
    for (int syncs = 0; !isOver; ++syncs) {
        TestDatabase database;
        const QString backup = database.folder() + QStringLiteral("/copy.db");
        prepare(database, backup);
        s_syncsLeft = syncs;
        const Result<PutBack> done = putBackupBack(backup, database.file());
        s_syncsLeft = -1;
        isOver = done && done->isOnDisk;
        inPlace += done ? 1 : 0;
        const QStringList kept = QDir(database.folder()).entryList({QStringLiteral("flows.db.replaced-*")});
        QCOMPARE(kept.isEmpty(), !done);
        if (done && !isOver)
            QVERIFY2(done->isOnDisk.error().reason.contains(kept.first()), qPrintable(done->isOnDisk.error().text()));
        database.open();
        QCOMPARE(database.rows(QStringLiteral("SELECT id FROM flows")).isEmpty(), done.ok());
        QVERIFY(syncs < 100);
    }
    QCOMPARE(inPlace, 2); // without the last step, and with it
}

QTEST_GUILESS_MAIN(TestRestoring)
#include "tst_restoring.moc"
