// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/kept_log.h"
#include "support/flow_test.h"

using namespace flow;

class TestKeptLog : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreLimited();
    void bytesAreLimited();
    void longLinesAreCut();

private:
    static ExecutionEvent line(ExecutionId id, const QString &text)
    {
        return {id, {}, TaskLogged{QStringLiteral("t"), LogLevel::Info, text}};
    }
    static ExecutionEvent start(ExecutionId id, int attempt) { return {id, {}, TaskStarted{QStringLiteral("t"), attempt, attempt}}; }
    KeptLog::Store store()
    {
        return [this](const ExecutionEvent &event) {
            const auto &logged = std::get<TaskLogged>(event.what);
            m_kept.append(QStringLiteral("%1 %2 %3").arg(event.executionId).arg(toString(logged.level), logged.text));
        };
    }
    QStringList m_kept;
};

void TestKeptLog::linesAreLimited()
{
    m_kept.clear();
    KeptLog log(2, store());
    for (int attempt = 1; attempt <= 2; ++attempt) {
        log.take(start(1, attempt));
        for (int number = 1; number <= 1000; ++number)
            log.take(line(1, QString::number(number)));
        log.take(line(2, QStringLiteral("other"))); // has a count of its own
    }
    const QString note = QStringLiteral("1 warning Further lines of this task are not kept: 2 lines or 8 MiB are the limit");
    QCOMPARE(m_kept, (QStringList{QStringLiteral("1 info 1"), QStringLiteral("1 info 2"), note,
                                  QStringLiteral("2 info other"), QStringLiteral("1 info 1"),
                                  QStringLiteral("1 info 2"), note, QStringLiteral("2 info other")}));
}

void TestKeptLog::bytesAreLimited()
{
    m_kept.clear();
    KeptLog log(1'000'000, store());
    log.take(start(1, 1));
    const QString text(KeptLog::longestLine, u'x');
    for (int number = 0; number < 2000; ++number)
        log.take(line(1, text));
    QCOMPARE(m_kept.size(), KeptLog::largestLog / KeptLog::longestLine + 1);
    QVERIFY(m_kept.last().contains(QStringLiteral("not kept")));
}

void TestKeptLog::longLinesAreCut()
{
    m_kept.clear();
    KeptLog log(10, store());
    log.take(line(1, QString(KeptLog::longestLine + 5, u'y')));
    QVERIFY(m_kept.first().endsWith(QStringLiteral("y [cut: the line has 16389 characters]")));
    QCOMPARE(m_kept.first().size(), KeptLog::longestLine + 7 + 37);
}

QTEST_GUILESS_MAIN(TestKeptLog)
#include "tst_kept_log.moc"
