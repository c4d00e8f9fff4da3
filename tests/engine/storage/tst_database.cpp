// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <functional>
#include <thread>

using namespace flow;
using namespace flow::test;

namespace {

using Damage = std::function<void(const QString &file)>;

void writeBytes(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void overwrite(const QString &name, qint64 position, const QByteArray &bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(position));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray readBytes(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

QFile::Permissions rights(const QString &name)
{
    // The same bits are also reported for the user who asks.
    return QFile::permissions(name) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser);
}

constexpr QFile::Permissions privateFile = QFile::ReadOwner | QFile::WriteOwner;

} // namespace

class TestOpening : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void makesFoldersAndFilesForTheOwnerOnly();
    void takesRightsOfOthersAway();
    void keepsWhatWasSaved();
    void usesTheRightPragmas();
    void emptyFileBecomesADatabase();
    void leavesOneFileBehind();
    void damaged_data();
    void damaged();
    void unusablePlace_data();
    void unusablePlace();
    void refusesASecondName();
    void knowsWhereALinkLeads();
    void refusesNewerSchema();
    void refusesOtherPrograms();
    void twoOnOneFile();
};

void TestOpening::makesFoldersAndFilesForTheOwnerOnly()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("new/data/flows.db"));
    const Result<std::unique_ptr<Database>> database = Database::open({file});
    VERIFY_OK(database);
    VERIFY_OK(FlowStore(**database).create(chain(QStringLiteral("a"))));
    QCOMPARE(rights(folder.filePath(QStringLiteral("new"))), privateFile | QFile::ExeOwner);
    QCOMPARE(rights(folder.filePath(QStringLiteral("new/data"))), privateFile | QFile::ExeOwner);
    QVERIFY(QFileInfo::exists(file + QStringLiteral("-wal")));
    for (const char *suffix : {"", "-wal", "-shm"})
        QCOMPARE(rights(file + QLatin1String(suffix)), privateFile);
}

void TestOpening::takesRightsOfOthersAway()
{
    TestDatabase database;
    database.close();
    QVERIFY(
        QFile::setPermissions(database.file(), privateFile | QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther));
    database.open();
    QCOMPARE(rights(database.file()), privateFile);
}

void TestOpening::keepsWhatWasSaved()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(QStringLiteral("a"))));
    database.reopen();
    const Result<StoredFlow> read = FlowStore(*database).get(QStringLiteral("a"));
    VERIFY_OK(read);
    QCOMPARE(read->file, chain(QStringLiteral("a")));
}

void TestOpening::usesTheRightPragmas()
{
    TestDatabase database;
    const auto ask = [&](const QString &pragma) {
        return database->writer().runFor<QStringList>([&](WriteTransaction &transaction) {
            return TestDatabase::rowsOf(transaction.connection, QStringLiteral("PRAGMA ") + pragma);
        });
    };
    QCOMPARE(*ask(QStringLiteral("journal_mode")), QStringList{QStringLiteral("wal")});
    QCOMPARE(*ask(QStringLiteral("foreign_keys")), QStringList{QStringLiteral("1")});
    QCOMPARE(*ask(QStringLiteral("busy_timeout")), QStringList{QStringLiteral("5000")});
    QCOMPARE(*ask(QStringLiteral("synchronous")), QStringList{QStringLiteral("1")}); // NORMAL
    QCOMPARE(*ask(QStringLiteral("journal_size_limit")), QStringList{QStringLiteral("67108864")});
    QCOMPARE(database.one(QStringLiteral("PRAGMA query_only")), QStringLiteral("1"));

    const Result<QStringList> durable = database->writer().runFor<QStringList>(
        [&](WriteTransaction &transaction) {
            return TestDatabase::rowsOf(transaction.connection, QStringLiteral("PRAGMA synchronous"));
        },
        {.durable = true});
    QCOMPARE(*durable, QStringList{QStringLiteral("2")}); // FULL
}

void TestOpening::emptyFileBecomesADatabase()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("flows.db"));
    writeBytes(file, {});
    const Result<std::unique_ptr<Database>> database = Database::open({file});
    VERIFY_OK(database);
    VERIFY_OK(FlowStore(**database).create(chain(QStringLiteral("a"))));
}

void TestOpening::leavesOneFileBehind()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(QStringLiteral("a"))));
    VERIFY_OK(FlowStore(*database).list({}));
    database.close();
    QCOMPARE(QDir(database.folder()).entryList(QDir::Files), QStringList{QStringLiteral("flows.db")});
}

void TestOpening::damaged_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::newRow("text instead") << Damage([](const QString &file) { writeBytes(file, QByteArray(20'000, 'x')); });
    QTest::newRow("few bytes") << Damage([](const QString &file) { writeBytes(file, "hello"); });
    QTest::newRow("zeros instead") << Damage([](const QString &file) { writeBytes(file, QByteArray(20'000, '\0')); });
    QTest::newRow("header overwritten") << Damage(
        [](const QString &file) { overwrite(file, 0, QByteArray(100, '\0')); });
    QTest::newRow("half of the file") << Damage(
        [](const QString &file) { QVERIFY(QFile::resize(file, QFileInfo(file).size() / 2)); });
    QTest::newRow("last page cut") << Damage(
        [](const QString &file) { QVERIFY(QFile::resize(file, QFileInfo(file).size() - 100)); });
    QTest::newRow("only the first page") << Damage([](const QString &file) { QVERIFY(QFile::resize(file, 4096)); });
    QTest::newRow("zeros in the middle") << Damage(
        [](const QString &file) { overwrite(file, QFileInfo(file).size() / 2 / 4096 * 4096, QByteArray(8192, '\0')); });
    QTest::newRow("noise in the middle") << Damage([](const QString &file) {
        overwrite(file, QFileInfo(file).size() / 2 / 4096 * 4096, QByteArray(8192, '\xa5'));
    });
    QTest::newRow("schema page overwritten")
        << Damage([](const QString &file) { overwrite(file, 100, QByteArray(3996, '\xff')); });
}

void TestOpening::damaged()
{
    QFETCH(Damage, damage);
    TestDatabase database;
    FlowStore flows(*database);
    for (int number = 0; number < 200; ++number)
        VERIFY_OK(flows.create(chain(QStringLiteral("flow-%1").arg(number), 5)));
    database.close();
    damage(database.file());
    const QByteArray before = readBytes(database.file());

    const Result<std::unique_ptr<Database>> opened = Database::open({database.file()});
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::Corrupt);
    QCOMPARE(opened.error().file, database.file());
    QVERIFY2(opened.error().reason.contains(QStringLiteral("backup")), qPrintable(opened.error().reason));
    QCOMPARE(readBytes(database.file()), before); // whoever repairs it finds it as it was
}

void TestOpening::unusablePlace_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("file as folder") << QStringLiteral("plain/flows.db");
    QTest::newRow("file as folder's folder") << QStringLiteral("plain/more/flows.db");
    QTest::newRow("folder as file") << QStringLiteral("folder");
    QTest::newRow("link to nowhere as folder") << QStringLiteral("broken/flows.db");
    QTest::newRow("kernel's folder") << QStringLiteral("/proc/flows.db");
    QTest::newRow("device") << QStringLiteral("/dev/full");
}

void TestOpening::unusablePlace()
{
    QFETCH(QString, file);
    const QTemporaryDir folder;
    writeBytes(folder.filePath(QStringLiteral("plain")), "text");
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("folder")));
    QVERIFY(QFile::link(folder.filePath(QStringLiteral("nowhere")), folder.filePath(QStringLiteral("broken"))));

    const Result<std::unique_ptr<Database>> opened = Database::open({QDir(folder.path()).absoluteFilePath(file)});
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::Io);
    QVERIFY(!opened.error().file.isEmpty());
    QVERIFY2(opened.error().reason.contains(QStringLiteral("choose another"), Qt::CaseInsensitive),
             qPrintable(opened.error().text()));
}

/// SQLite finds the log of a database by its name: by each name there would be another one.
void TestOpening::refusesASecondName()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(QStringLiteral("a"))));
    database.close();
    const QString second = database.folder() + QStringLiteral("/second.db");
    std::filesystem::create_hard_link(database.file().toStdString(), second.toStdString());
    for (const QString &name : {database.file(), second}) {
        const Result<std::unique_ptr<Database>> opened = Database::open({name});
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::NotAllowed);
        QCOMPARE(opened.error().file, name);
        QCOMPARE(opened.error().reason,
                 QStringLiteral("This database has a second name (a hard link), and by each name programs would write "
                                "another log for it, which damages it. Remove one of the names, or make it a symbolic "
                                "link"));
    }
    QVERIFY(QFile::remove(second));
    database.open();
    VERIFY_OK(FlowStore(*database).get(QStringLiteral("a")));
}

void TestOpening::knowsWhereALinkLeads()
{
    TestDatabase database;
    const QString link = database.folder() + QStringLiteral("/link.db");
    QVERIFY(QFile::link(database.file(), link));
    const Result<std::unique_ptr<Database>> opened = Database::open({link});
    VERIFY_OK(opened);
    QCOMPARE((*opened)->location().file, QFileInfo(database.file()).canonicalFilePath());
}

void TestOpening::refusesNewerSchema()
{
    TestDatabase database;
    VERIFY_OK(database.execute(QStringLiteral("PRAGMA user_version = 99")));
    database.close();
    const QByteArray before = readBytes(database.file());
    const Result<std::unique_ptr<Database>> opened = Database::open({database.file()});
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::NewerSchema);
    QCOMPARE(opened.error().file, database.file());
    QVERIFY2(opened.error().reason.contains(QStringLiteral("99")), qPrintable(opened.error().reason));
    QCOMPARE(readBytes(database.file()), before);
}

void TestOpening::refusesOtherPrograms()
{
    TestDatabase database;
    VERIFY_OK(database.execute(QStringLiteral("PRAGMA application_id = 7")));
    database.close();
    const QByteArray before = readBytes(database.file());
    const Result<std::unique_ptr<Database>> opened = Database::open({database.file()});
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::Corrupt);
    QVERIFY2(opened.error().reason.contains(QStringLiteral("another program")), qPrintable(opened.error().reason));
    QCOMPARE(readBytes(database.file()), before);
}

void TestOpening::twoOnOneFile()
{
    TestDatabase database;
    Result<std::unique_ptr<Database>> other = Database::open({database.file()});
    VERIFY_OK(other);
    FlowStore here(*database);
    FlowStore there(**other);
    VERIFY_OK(here.create(chain(QStringLiteral("a"))));
    VERIFY_OK(there.get(QStringLiteral("a")));
    QCOMPARE(there.create(chain(QStringLiteral("a"))).error().code, ErrorCode::Conflict);
    std::thread writer([&] {
        for (int number = 0; number < 100; ++number)
            QVERIFY(there.create(chain(QStringLiteral("there-%1").arg(number))).ok());
    });
    for (int number = 0; number < 100; ++number) {
        const Result<StoredFlow> made = here.create(chain(QStringLiteral("here-%1").arg(number)));
        if (!made)
            QTest::qFail(qPrintable(made.error().text()), __FILE__, __LINE__);
    }
    writer.join();
    QCOMPARE(here.list({})->total, 201);
    QCOMPARE(wrongTotals(database), QString());
    // The one that closes first leaves the other at work.
    other->reset();
    VERIFY_OK(here.create(chain(QStringLiteral("b"))));
}

QTEST_GUILESS_MAIN(TestOpening)
#include "tst_database.moc"
