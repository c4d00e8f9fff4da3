// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"

#include "storage/sqlite_file.h"
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>

#include <array>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {

/// The real steps and three that do what later ones will do.
QList<Migration> longerSteps()
{
    QList<Migration> steps = migrations();
    const int released = steps.last().version;
    steps.append({released + 1, {QStringLiteral("ALTER TABLE flows ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")}});
    steps.append({released + 2,
                  {QStringLiteral("CREATE TABLE tags (flow_id TEXT REFERENCES flows (id), tag TEXT)"),
                   QStringLiteral("INSERT INTO tags (flow_id, tag) SELECT id, colour FROM flows")}});
    steps.append({released + 3, {QStringLiteral("CREATE INDEX tags_by_flow ON tags (flow_id)")}});
    return steps;
}

std::unique_ptr<StorageConnection> openFile(const QString &file)
{
    if (!QFile::exists(file) && !QFile(file).open(QIODevice::NewOnly | QIODevice::WriteOnly))
        return nullptr;
    Result<std::unique_ptr<StorageConnection>> connection =
        StorageConnection::open(file, StorageConnection::Mode::ReadWrite);
    return connection ? *std::move(connection) : nullptr;
}

QStringList rows(StorageConnection &connection, const QString &sql)
{
    const Result<QStringList> read = TestDatabase::rowsOf(connection, sql);
    return read ? *read : QStringList{read.error().text()};
}

QString schemaOf(StorageConnection &connection)
{
    return rows(connection, QStringLiteral("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"))
        .join(u'\n');
}

QStringList backups(const QString &folder)
{
    return QDir(folder).entryList({QStringLiteral("flows.db.backup-*")}, QDir::Files, QDir::Name);
}

} // namespace

class TestMigrations : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void numbersFollowEachOther();
    void newFileNeedsNoBackup();
    void fromEachVersion_data();
    void fromEachVersion();
    void backupIsWholeAndPrivate();
    void failedStepLeavesTheVersionBefore();
    void nothingToDo();
    void twoProgramsAtOnce();
};

void TestMigrations::numbersFollowEachOther()
{
    int expected = 1;
    for (const Migration &step : migrations())
        QCOMPARE(step.version, expected++);
}

void TestMigrations::newFileNeedsNoBackup()
{
    const TestDatabase database;
    QCOMPARE(backups(database.folder()), QStringList());
}

void TestMigrations::fromEachVersion_data()
{
    QTest::addColumn<int>("from");
    for (int version = 0; version <= longerSteps().last().version; ++version)
        QTest::addRow("%d", version) << version;
}

/// Every older version, with data, ends as a new file of the newest version does.
void TestMigrations::fromEachVersion()
{
    QFETCH(int, from);
    const QList<Migration> steps = longerSteps();
    const QTemporaryDir folder;
    const std::unique_ptr<StorageConnection> fresh = openFile(folder.filePath(QStringLiteral("fresh.db")));
    VERIFY_OK(migrate(*fresh, steps));

    const std::unique_ptr<StorageConnection> old = openFile(folder.filePath(QStringLiteral("flows.db")));
    if (from > 0) {
        VERIFY_OK(migrate(*old, steps.mid(0, from)));
        VERIFY_OK(
            old->execute(QStringLiteral("INSERT INTO flows (id, name, start_task, created_at, updated_at, revision)"
                                        " VALUES ('a', 'A', 's', 1, 1, 'r')")));
    }
    for (const QString &name : backups(folder.path()))
        QVERIFY(QFile::remove(folder.filePath(name)));

    VERIFY_OK(migrate(*old, steps));
    QCOMPARE(*sqlite::schemaVersion(*old), steps.last().version);
    QCOMPARE(schemaOf(*old), schemaOf(*fresh));
    QCOMPARE(rows(*old, QStringLiteral("SELECT id || colour FROM flows")),
             from > 0 ? QStringList{QStringLiteral("agrey")} : QStringList());
    // One before each step of a database that had something in it.
    QStringList expected;
    for (int version = from; from > 0 && version < steps.last().version; ++version)
        expected.append(QStringLiteral("flows.db.backup-v%1").arg(version));
    QStringList made;
    for (const QString &name : backups(folder.path()))
        made.append(name.section(u'-', 0, 1));
    QCOMPARE(made, expected);
}

void TestMigrations::backupIsWholeAndPrivate()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(QStringLiteral("a"))));
    database.close();
    {
        const std::unique_ptr<StorageConnection> connection = openFile(database.file());
        VERIFY_OK(migrate(*connection, longerSteps().mid(0, migrations().size() + 1)));
    }
    QCOMPARE(backups(database.folder()).size(), 1);
    const QString backup = database.folder() + u'/' + backups(database.folder()).first();
    QCOMPARE(QFile::permissions(backup) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    // Put in its place, it works as before.
    QVERIFY(QFile::remove(database.file()));
    QVERIFY(QFile::rename(backup, database.file()));
    database.open();
    const Result<StoredFlow> read = FlowStore(*database).get(QStringLiteral("a"));
    VERIFY_OK(read);
    QCOMPARE(read->file, chain(QStringLiteral("a")));
}

void TestMigrations::failedStepLeavesTheVersionBefore()
{
    const QTemporaryDir folder;
    const std::unique_ptr<StorageConnection> connection = openFile(folder.filePath(QStringLiteral("flows.db")));
    VERIFY_OK(migrate(*connection, migrations()));
    const QString before = schemaOf(*connection);
    QList<Migration> steps = migrations();
    steps.append(
        {steps.last().version + 1,
         {QStringLiteral("CREATE TABLE more (id INTEGER)"), QStringLiteral("CREATE TABLE flows (id INTEGER)")}});
    QVERIFY(!migrate(*connection, steps).ok());
    QCOMPARE(schemaOf(*connection), before);
    QCOMPARE(*sqlite::schemaVersion(*connection), migrations().last().version);
}

void TestMigrations::nothingToDo()
{
    TestDatabase database;
    database.reopen();
    database.reopen();
    QCOMPARE(backups(database.folder()), QStringList());
}

void TestMigrations::twoProgramsAtOnce()
{
    for (int round = 0; round < 50; ++round) {
        const QTemporaryDir folder;
        const DatabaseLocation location{folder.filePath(QStringLiteral("flows.db"))};
        std::array<QString, 4> errors;
        std::vector<std::thread> programs;
        for (QString &error : errors) {
            programs.emplace_back([&error, &location] {
                const Result<std::unique_ptr<Database>> opened = Database::open(location);
                if (!opened)
                    error = opened.error().text();
            });
        }
        for (std::thread &program : programs)
            program.join();
        for (const QString &error : errors)
            QCOMPARE(error, QString());
    }
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
