// SPDX-License-Identifier: GPL-3.0-or-later
#include "fault_plan.h"
#include "old_database.h"
#include "simulated_disk.h"
#include "support/flow_test.h"

#include <QDir>

#include <sqlite3.h>

using namespace flow;
using namespace flow::test;

namespace {

QStringList backupsIn(const QTemporaryDir &folder)
{
    QStringList names = QDir(folder.path()).entryList({QStringLiteral("flows.db.backup-v1-*")}, QDir::Files);
    names.removeIf([](const QString &name) { return name.contains(QStringLiteral(".part")); });
    return names;
}

} // namespace

/// Whatever happens while a database of an earlier version is brought up to date: nothing in it is lost, and the next
/// start brings it up to date. A backup that is called one is whole.
class TestUpgradeFaults : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { watchFiles(&m_nobody); }
    void cleanupTestCase() { watchFiles(nullptr); }
    void eachOperationFails_data();
    void eachOperationFails();
    void powerCuts();

private:
    QString newCopy(const QTemporaryDir &folder) const;
    void checkAll(const QString &file);
    void checkBackups(const QTemporaryDir &folder);

    FileWatcher m_nobody; // nothing waits for the disk
    QTemporaryDir m_folder;
    QString m_old;
};

void TestUpgradeFaults::initTestCase()
{
    watchFiles(&m_nobody);
    m_old = m_folder.filePath(QStringLiteral("old.db"));
    VERIFY_OK(makeVersion1(m_old));
}

QString TestUpgradeFaults::newCopy(const QTemporaryDir &folder) const
{
    const QString file = folder.filePath(QStringLiteral("flows.db"));
    return QFile::copy(m_old, file) ? file : QString();
}

void TestUpgradeFaults::checkAll(const QString &file)
{
    Result<std::unique_ptr<Database>> opened = Database::open({file});
    VERIFY_OK(opened);
    TestDatabase database(*std::move(opened));
    QCOMPARE(database.one(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    QCOMPARE(database.one(QStringLiteral("PRAGMA foreign_key_check")), QString());
    QCOMPARE(database.one(QStringLiteral("PRAGMA user_version")), QString::number(migrations().last().version));
    QCOMPARE(wrongTotals(database), QString());
    QCOMPARE(missingFromVersion1(database), QString());
}

void TestUpgradeFaults::checkBackups(const QTemporaryDir &folder)
{
    for (const QString &name : backupsIn(folder)) {
        const QTemporaryDir restored;
        const QString file = restored.filePath(QStringLiteral("flows.db"));
        QVERIFY(QFile::copy(folder.filePath(name), file));
        checkAll(file);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(name));
    }
}

void TestUpgradeFaults::eachOperationFails_data()
{
    QTest::addColumn<int>("operation");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("lasting");
    const auto add = [](const char *name, FileOperation operation, int code) {
        QTest::addRow("%s once", name) << int(operation) << code << false;
        QTest::addRow("%s from then on", name) << int(operation) << code << true;
    };
    add("open: refused", FileOperation::Open, SQLITE_CANTOPEN);
    add("write: full", FileOperation::Write, SQLITE_FULL);
    add("write: error", FileOperation::Write, SQLITE_IOERR_WRITE);
    add("sync: error", FileOperation::Sync, SQLITE_IOERR_FSYNC);
    add("delete: error", FileOperation::Delete, SQLITE_IOERR_DELETE);
}

void TestUpgradeFaults::eachOperationFails()
{
    QFETCH(int, operation);
    QFETCH(int, code);
    QFETCH(bool, lasting);
    bool happened = true;
    for (int number = 1; happened; ++number) {
        const QTemporaryDir folder;
        const QString file = newCopy(folder);
        FaultPlan plan({FileOperation(operation), number, code, lasting});
        watchFiles(&plan);
        const Result<std::unique_ptr<Database>> opened = Database::open({file});
        happened = plan.happened();
        if (!opened)
            QVERIFY2(opened.error().code == ErrorCode::Full || opened.error().code == ErrorCode::Io,
                     qPrintable(opened.error().text()));
        watchFiles(&m_nobody);
        checkAll(file);
        QVERIFY(!backupsIn(folder).isEmpty());
        checkBackups(folder);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("when number %1 failed").arg(number)));
    }
}

void TestUpgradeFaults::powerCuts()
{
    const QTemporaryDir folder;
    const QString file = newCopy(folder);
    DiskRecorder recorder;
    watchFiles(&recorder);
    VERIFY_OK(Database::open({file}));
    watchFiles(&m_nobody);

    // It gets its name when all this has happened: it must be whole, whatever is lost then.
    constexpr int cutsAtTheEnd = 20;
    std::mt19937 random(3);
    SimulatedDisk disk;
    for (qsizetype i = 0; i < recorder.events().size() + cutsAtTheEnd; ++i) {
        const bool atTheEnd = i >= recorder.events().size();
        if (!atTheEnd)
            disk.apply(recorder.events()[i]);
        const QTemporaryDir after;
        const QMap<QString, QByteArray> files = disk.afterPowerCut(random);
        for (auto found = files.begin(); found != files.end(); ++found) {
            QString name = QFileInfo(found.key()).fileName();
            if (atTheEnd && name.endsWith(QStringLiteral(".part")))
                name.chop(5);
            QFile copy(after.filePath(name));
            QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write(found.value()) == found.value().size());
        }
        checkBackups(after);
        checkAll(after.filePath(QStringLiteral("flows.db")));
        if (QTest::currentTestFailed())
            return;
    }
}

QTEST_GUILESS_MAIN(TestUpgradeFaults)
#include "tst_upgrade_faults.moc"
