// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database_inspection.h"
#include "storage/database_statistics.h"
#include "storage/restoring.h"
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
    void isOnTheDiskInTheEnd();
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
        const bool restored = putBackupBack(backup, database).ok();
        s_callsLeft = -1;
        ::_exit(restored ? 0 : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

void TestRestoring::mayDieAnywhere_data()
{
    QTest::addColumn<bool>("withOldLog");
    QTest::newRow("a program was killed before") << true;
    QTest::newRow("all programs had ended") << false;
}

void TestRestoring::mayDieAnywhere()
{
    QFETCH(bool, withOldLog);
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
        undoRestoring(database.file());
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

/// Where the power goes after "Restored", it is.
void TestRestoring::isOnTheDiskInTheEnd()
{
    TestDatabase database;
    const QString backup = database.folder() + QStringLiteral("/copy.db");
    VERIFY_OK(copyTo(*database, backup, ExistingFile::Keep));
    database.close();
    QStringList synced;
    s_synced = &synced;
    const Result<QString> old = putBackupBack(backup, database.file());
    s_synced = nullptr;
    VERIFY_OK(old);
    QVERIFY2(synced.size() > 1, qPrintable(synced.join(u' ')));
    QCOMPARE(synced.last(), database.folder());
}

QTEST_GUILESS_MAIN(TestRestoring)
#include "tst_restoring.moc"
