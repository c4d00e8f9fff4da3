// SPDX-License-Identifier: GPL-3.0-or-later
#include "fault_plan.h"
#include "fault_session.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

#include <sqlite3.h>

using namespace flow;
using namespace flow::test;

namespace {

/// Messages of the program's own log while this lives: a lost log line is told there.
class LogWatch
{
public:
    LogWatch()
    {
        s_messages.clear();
        m_before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
            const std::lock_guard lock(s_mutex);
            s_messages.append(text);
        });
    }
    ~LogWatch() { qInstallMessageHandler(m_before); }
    Q_DISABLE_COPY_MOVE(LogWatch)

    /// Once only this thread is left.
    static const QStringList &messages() { return s_messages; }

private:
    static inline std::mutex s_mutex;
    static inline QStringList s_messages;
    QtMessageHandler m_before;
};

/// Every failure names a cause that fits and says what to do.
QString untold(const QList<std::pair<QString, Error>> &failures)
{
    const QStringList advice{
        QStringLiteral("Free some space and try again"), QStringLiteral("Look at the disk, then try again"),
        QStringLiteral("Look whether the folder exists and may be written, or choose another folder with --data-dir"),
        QStringLiteral("Choose a folder on a local disk with --data-dir")};
    for (const auto &[what, error] : failures) {
        const bool helps = std::any_of(advice.begin(), advice.end(),
                                       [&error = error](const QString &text) { return error.reason.contains(text); });
        if ((error.code != ErrorCode::Full && error.code != ErrorCode::Io) || !helps)
            return what + QStringLiteral(": ") + error.text();
    }
    return {};
}

} // namespace

/// Whatever the disk refuses, and when: nothing that was told to be saved is lost, nothing is damaged, and who called
/// hears what to do.
class TestStorageFaults : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void theSessionAlone();
    void eachOperationFails_data();
    void eachOperationFails();

private:
    void check(const Fault &fault, bool *happened, int *failures);
};

void TestStorageFaults::check(const Fault &fault, bool *happened, int *failures)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("flows.db"));
    FaultSession session(file);
    FaultPlan plan(fault);
    watchFiles(&plan);
    {
        const LogWatch log;
        QElapsedTimer time;
        time.start();
        session.run();
        // As long as for another program that is busy, nobody waits for a disk that does not get better.
        QVERIFY2(time.elapsed() < 4000, qPrintable(QString::number(time.elapsed())));
        for (const QString &message : log.messages())
            QVERIFY2(message.contains(QStringLiteral("Log lines or progress could not be saved")), qPrintable(message));
    }
    FaultPlan healthy({.number = 0});
    watchFiles(&healthy); // nothing fails, nothing waits for the disk
    *happened = plan.happened();
    *failures += int(session.failures().size());
    QCOMPARE(untold(session.failures()), QString());

    Result<std::unique_ptr<Database>> opened = Database::open({file}); // with its check
    VERIFY_OK(opened);
    TestDatabase database(*std::move(opened));
    QCOMPARE(database.one(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    QCOMPARE(database.one(QStringLiteral("PRAGMA foreign_key_check")), QString());
    QCOMPARE(wrongTotals(database), QString());
    QCOMPARE(session.lost(database), QString());
    VERIFY_OK(FlowStore(*database).create(chain(QStringLiteral("afterwards"))));
}

void TestStorageFaults::theSessionAlone()
{
    bool happened = false;
    int failures = 0;
    check({.number = 0}, &happened, &failures);
    QVERIFY(!happened);
    QCOMPARE(failures, 0);
}

void TestStorageFaults::eachOperationFails_data()
{
    QTest::addColumn<int>("operation");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("lasting");
    QTest::addColumn<bool>("isTold"); ///< some calls fail; otherwise SQLite does without
    const auto add = [](const char *name, FileOperation operation, int code, bool isToldOnce = true,
                        bool isToldLasting = true) {
        QTest::addRow("%s once", name) << int(operation) << code << false << isToldOnce;
        QTest::addRow("%s from then on", name) << int(operation) << code << true << isToldLasting;
    };
    add("open: full", FileOperation::Open, SQLITE_FULL);
    add("open: refused", FileOperation::Open, SQLITE_CANTOPEN);
    add("write: full", FileOperation::Write, SQLITE_FULL);
    add("write: error", FileOperation::Write, SQLITE_IOERR_WRITE);
    add("sync: full", FileOperation::Sync, SQLITE_FULL);
    add("sync: error", FileOperation::Sync, SQLITE_IOERR_FSYNC);
    add("truncate: error", FileOperation::Truncate, SQLITE_IOERR_TRUNCATE, false, false);
    add("delete: error", FileOperation::Delete, SQLITE_IOERR_DELETE); // of the journal with which a new file begins
}

void TestStorageFaults::eachOperationFails()
{
    QFETCH(int, operation);
    QFETCH(int, code);
    QFETCH(bool, lasting);
    QFETCH(bool, isTold);
    bool happened = true;
    int failures = 0;
    int number = 0;
    while (happened) {
        ++number;
        check({FileOperation(operation), number, code, lasting}, &happened, &failures);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("when number %1 failed").arg(number)));
    }
    QCOMPARE(failures > 0, isTold);
    qInfo("%d operations, %d calls failed", number - 1, failures);
}

QTEST_GUILESS_MAIN(TestStorageFaults)
#include "tst_storage_faults.moc"
