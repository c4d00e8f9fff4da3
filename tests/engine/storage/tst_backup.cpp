// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database_inspection.h"
#include "storage/database_statistics.h"
#include "storage/restoring.h"
#include "storage/storage_error.h"
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>

#include <filesystem>
#include <functional>

#include <sys/syscall.h>
#include <unistd.h>

using namespace flow;
using namespace flow::test;

namespace {

/// What the disk was waited for, with `!` where the target was there already. Null: nobody looks.
QStringList *synced = nullptr;
QString syncTarget;

} // namespace

/// In the place of the system's.
extern "C" int fsync(int descriptor)
{
    if (synced)
        *synced << QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(descriptor)) +
                       (QFile::exists(syncTarget) ? QStringLiteral("!") : QString());
    return int(::syscall(SYS_fsync, descriptor));
}

/// A backup never harms the database it is made of, and an old one is there until the new one is whole.
class TestBackup : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void replaces();
    void followsALink();
    void leavesADatabaseInUseAlone();
    void isNotHeldUpByAnUnfinishedOne();
    void namesTheNewestBackup();
    void isOnTheDisk_data();
    void isOnTheDisk();
    void goesBack_data();
    void goesBack();
    void doesNotGoBack_data();
    void doesNotGoBack();

private:
    static QString flowsIn(const QString &file);
};

/// The number of flows in a backup.
QString TestBackup::flowsIn(const QString &file)
{
    auto opened = Database::open(DatabaseLocation{file});
    if (!opened)
        return opened.error().text();
    TestDatabase database(*std::move(opened));
    return database.one(QStringLiteral("SELECT count(*) FROM flows"));
}

void TestBackup::refuses_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<ExistingFile>("existing");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *name, const char *target, ExistingFile existing, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(target) << existing << QString::fromLatin1(says);
    };
    const ExistingFile force = ExistingFile::Replace;
    row("itself", "flows.db", force, "This is the database itself");
    row("itself, kept", "flows.db", ExistingFile::Keep, "This is the database itself");
    row("another spelling", "sub/../flows.db", force, "This is the database itself");
    row("symbolic link", "symbolic.db", force, "This is the database itself");
    row("link in a linked folder", "linked/flows.db", force, "This is the database itself");
    row("hard link", "hard.db", force, "This is the database itself");
    row("its log", "flows.db-wal", force, "a file that belongs to it");
    row("its index", "flows.db-shm", force, "a file that belongs to it");
    row("its journal, which is not there", "flows.db-journal", force, "a file that belongs to it");
    row("a folder", "sub", force, "This is not a file");
    row("no folder", "nosuch/copy.db", force, "The folder of this file does not exist");
    row("there already", "old.db", ExistingFile::Keep, "The file exists already");
}

void TestBackup::refuses()
{
    QFETCH(QString, target);
    QFETCH(ExistingFile, existing);
    QFETCH(QString, says);
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("one")), {}));
    const QDir folder(database.folder());
    QVERIFY(folder.mkdir(QStringLiteral("sub")));
    QVERIFY(QFile::link(database.file(), folder.filePath(QStringLiteral("symbolic.db"))));
    QVERIFY(QFile::link(folder.path(), folder.filePath(QStringLiteral("linked"))));
    std::filesystem::create_hard_link(database.file().toStdString(),
                                      folder.filePath(QStringLiteral("hard.db")).toStdString());
    QFile old(folder.filePath(QStringLiteral("old.db")));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    const QStringList before = folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot);

    const QString file = folder.filePath(target);
    const Result<void> done = copyTo(*database, file, existing);
    QVERIFY(!done);
    QCOMPARE(done.error().file, file);
    QVERIFY2(done.error().reason.contains(says), qPrintable(done.error().reason));
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), before);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
    QVERIFY(QFile::remove(folder.filePath(QStringLiteral("hard.db"))));
    database.reopen();
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flows")), QStringLiteral("1"));
}

void TestBackup::replaces()
{
    TestDatabase database;
    const QString file = database.folder() + QStringLiteral("/copy.db");
    VERIFY_OK(copyTo(*database, file, ExistingFile::Replace)); // of nothing
    QCOMPARE(flowsIn(file), QStringLiteral("0"));
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("one")), {}));
    VERIFY_OK(copyTo(*database, file, ExistingFile::Replace));
    QCOMPARE(flowsIn(file), QStringLiteral("1"));
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestBackup::followsALink()
{
    TestDatabase database;
    const QString file = database.folder() + QStringLiteral("/copy.db");
    const QString link = database.folder() + QStringLiteral("/newest.db");
    VERIFY_OK(copyTo(*database, file, ExistingFile::Keep));
    QVERIFY(QFile::link(file, link));
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("one")), {}));
    VERIFY_OK(copyTo(*database, link, ExistingFile::Replace));
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(flowsIn(file), QStringLiteral("1"));
}

void TestBackup::leavesADatabaseInUseAlone()
{
    TestDatabase database;
    TestDatabase other;
    VERIFY_OK(FlowStore(*other).save(chain(QStringLiteral("other")), {}));
    const Result<void> done = copyTo(*database, other.file(), ExistingFile::Replace);
    QVERIFY(!done);
    QVERIFY2(done.error().reason.contains(QStringLiteral("that a program has open")), qPrintable(done.error().reason));
    QCOMPARE(other.one(QStringLiteral("SELECT count(*) FROM flows")), QStringLiteral("1"));
}

void TestBackup::isNotHeldUpByAnUnfinishedOne()
{
    TestDatabase database;
    const QString file = database.folder() + QStringLiteral("/copy.db");
    for (const char *suffix : {".part", ".new", ".new.part"}) {
        QFile left(file + QString::fromLatin1(suffix));
        QVERIFY(left.open(QIODevice::WriteOnly) && left.write("half") == 4);
    }
    VERIFY_OK(copyTo(*database, file, ExistingFile::Keep));
    VERIFY_OK(copyTo(*database, file, ExistingFile::Replace));
    QCOMPARE(flowsIn(file), QStringLiteral("0"));
}

void TestBackup::namesTheNewestBackup()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("flows.db"));
    QVERIFY(corruptError(file, QStringLiteral("x")).reason.contains(QStringLiteral("\"flowctl db backup\"")));
    for (const QString &version : {QStringLiteral("v1"), QStringLiteral("v2")}) {
        QFile backup(file + QStringLiteral(".backup-") + version);
        QVERIFY(backup.open(QIODevice::WriteOnly));
        QVERIFY(backup.setFileTime(QDateTime::fromSecsSinceEpoch(version == QStringLiteral("v1") ? 2'000 : 1'000),
                                   QFileDevice::FileModificationTime));
    }
    const QString reason = corruptError(file, QStringLiteral("x")).reason;
    QVERIFY2(reason.contains(QStringLiteral("\"flows.db.backup-v1\"")), qPrintable(reason));
}

void TestBackup::isOnTheDisk_data()
{
    QTest::addColumn<ExistingFile>("existing");
    QTest::newRow("a new name") << ExistingFile::Keep;
    QTest::newRow("another's name") << ExistingFile::Replace;
}

/// Who is told that there is a backup finds it after a loss of power, by its name.
void TestBackup::isOnTheDisk()
{
    QFETCH(ExistingFile, existing);
    TestDatabase database;
    const QTemporaryDir folder;
    syncTarget = folder.filePath(QStringLiteral("copy.db"));
    QStringList seen;
    synced = &seen;
    const Result<void> done = copyTo(*database, syncTarget, existing);
    synced = nullptr;
    VERIFY_OK(done);
    seen.removeIf([&](const QString &name) { return name.startsWith(database.folder()); });
    QCOMPARE(seen.value(seen.size() - 1), QFileInfo(folder.path()).canonicalFilePath() + u'!');
    QVERIFY2(seen.size() > 1 && seen[seen.size() - 2].endsWith(QStringLiteral(".part")), qPrintable(seen.join(u' ')));
}

void TestBackup::goesBack_data()
{
    QTest::addColumn<std::function<void(TestDatabase &)>>("before");
    QTest::addColumn<QString>("old");
    using Before = std::function<void(TestDatabase &)>;
    QTest::newRow("closed") << Before([](TestDatabase &database) { database.close(); }) << QStringLiteral("2");
    QTest::newRow("killed") << Before([](TestDatabase &database) {
        const QString file = database.file();
        QVERIFY(QFile::copy(file + QStringLiteral("-wal"), file + QStringLiteral("-left")));
        QVERIFY(QFile::copy(file, file + QStringLiteral("-left-too")));
        database.close();
        QVERIFY(QFile::remove(file));
        QVERIFY(QFile::rename(file + QStringLiteral("-left-too"), file));
        QVERIFY(QFile::rename(file + QStringLiteral("-left"), file + QStringLiteral("-wal")));
    }) << QStringLiteral("2");
    QTest::newRow("damaged") << Before([](TestDatabase &database) {
        database.close();
        QFile file(database.file());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not a database") > 0);
    }) << QStringLiteral("This file is not a database of this program");
    QTest::newRow("gone") << Before([](TestDatabase &database) {
        database.close();
        QFile file(database.file());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    }) << QString();
    QTest::newRow("gone, but for its log") << Before([](TestDatabase &database) {
        const QString log = database.file() + QStringLiteral("-wal");
        QVERIFY(QFile::copy(log, database.folder() + QStringLiteral("/left")));
        database.close();
        QVERIFY(QFile::rename(database.folder() + QStringLiteral("/left"), log));
        QVERIFY(QFile::resize(database.file(), 0));
    }) << QStringLiteral("0");
}

void TestBackup::goesBack()
{
    QFETCH(std::function<void(TestDatabase &)>, before);
    QFETCH(QString, old);
    TestDatabase database;
    const QString backup = database.folder() + QStringLiteral("/copy.db");
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("one")), {}));
    VERIFY_OK(copyTo(*database, backup, ExistingFile::Keep));
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("two")), {}));
    before(database);
    const Result<PutBack> kept = putBackupBack(backup, database.file());
    VERIFY_OK(kept);
    database.open();
    QCOMPARE(database.one(QStringLiteral("SELECT id FROM flows")), QStringLiteral("one"));
    QCOMPARE(inspect(*database).value(), QStringList());
    QCOMPARE(QFile::permissions(database.file()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(flowsIn(backup), QStringLiteral("1")); // it is still there
    QCOMPARE(kept->old.isEmpty(), old.isEmpty());
    if (!old.isEmpty())
        QVERIFY2(flowsIn(kept->old).contains(old), qPrintable(flowsIn(kept->old)));
    QCOMPARE(QDir(database.folder()).entryList({QStringLiteral("*.part")}), QStringList());
}

void TestBackup::doesNotGoBack_data()
{
    QTest::addColumn<QString>("backup");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *file, ErrorCode code, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(file) << code << QString::fromLatin1(says);
    };
    row("nothing", "nosuch.db", ErrorCode::NotFound, "There is no such file");
    row("a folder", "sub", ErrorCode::Io, "This is not a file");
    row("itself", "sub/../flows.db", ErrorCode::NotAllowed, "This is the database itself");
    row("its log", "flows.db-wal", ErrorCode::NotAllowed, "a file that belongs to it");
    row("of another program", "notes.txt", ErrorCode::Corrupt, "This is not a backup of this program");
    row("empty", "empty.db", ErrorCode::Corrupt, "This is not a backup of this program");
    row("cut off", "short.db", ErrorCode::Corrupt, "This is not a backup of this program, or it is damaged");
    row("of a newer program", "newer.db", ErrorCode::NewerSchema, "newer");
}

void TestBackup::doesNotGoBack()
{
    QFETCH(QString, backup);
    QFETCH(ErrorCode, code);
    QFETCH(QString, says);
    TestDatabase database;
    const QDir folder(database.folder());
    QVERIFY(folder.mkdir(QStringLiteral("sub")));
    VERIFY_OK(FlowStore(*database).save(chain(QStringLiteral("one")), {}));
    for (const char *copy : {"short.db", "newer.db"})
        VERIFY_OK(copyTo(*database, folder.filePath(QLatin1String(copy)), ExistingFile::Keep));
    QVERIFY(QFile::resize(folder.filePath(QStringLiteral("short.db")), 8192));
    QFile newer(folder.filePath(QStringLiteral("newer.db")));
    QVERIFY(newer.open(QIODevice::ReadWrite) && newer.seek(60) && newer.write(QByteArray::fromHex("000003e7")) == 4);
    newer.close();
    for (const char *name : {"notes.txt", "empty.db", "flows.db-wal"}) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (QLatin1String(name) == QLatin1String("flows.db-wal"))
            database.close();
        QVERIFY(file.open(QIODevice::WriteOnly));
        if (QLatin1String(name) == QLatin1String("notes.txt"))
            file.write("Buy milk.");
    }
    const QStringList files = folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot);

    const Result<PutBack> done = putBackupBack(folder.filePath(backup), database.file());
    QVERIFY(!done);
    QCOMPARE(done.error().code, code);
    QVERIFY2(done.error().text().contains(says), qPrintable(done.error().text()));
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), files);
    database.open();
    QCOMPARE(database.one(QStringLiteral("SELECT id FROM flows")), QStringLiteral("one"));
}

QTEST_GUILESS_MAIN(TestBackup)

#include "tst_backup.moc"
