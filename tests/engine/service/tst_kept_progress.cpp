// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/kept_progress.h"
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

/// Tells its progress a thousand times.
class TellingTask final : public BaseTask
{
public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("telling"),
                .title = QStringLiteral("Tell"),
                .description = QStringLiteral("Tells its progress"),
                .group = QStringLiteral("Test"),
                .icon = QStringLiteral("dot"),
                .help = QStringLiteral("x"),
                .configSchema = {{QStringLiteral("type"), QStringLiteral("object")}}};
    }
    TaskResult execute(TaskRun &run) override
    {
        for (int number = 1; number <= 1000; ++number)
            run.progress(number / 2000.0, QStringLiteral("row %1").arg(number));
        return TaskResult::success();
    }
};

} // namespace

class TestKeptProgress : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void theLastIsKept();
    void readBack();
};

void TestKeptProgress::theLastIsKept()
{
    QStringList kept;
    KeptProgress progress([&](ExecutionId id, int sequence, const TaskProgressed &told) {
        kept.append(QStringLiteral("%1/%2 %3").arg(id).arg(sequence).arg(told.fraction));
    });
    const auto tell = [&](ExecutionId id, ExecutionEvent::What what) { progress.take({id, {}, std::move(what)}); };
    const QString t = QStringLiteral("t");
    tell(1, TaskProgressed{t, 0.5, {}}); // nothing runs
    tell(1, TaskStarted{t, 1, 1});
    for (int number = 1; number <= 100; ++number)
        tell(1, TaskProgressed{t, number / 100.0, {}});
    tell(2, TaskStarted{t, 4, 1});
    tell(2, TaskFinished{t, 4, 1});
    tell(1, TaskFinished{t, 1, 1});
    tell(1, TaskStarted{t, 2, 1});
    tell(1, TaskProgressed{t, 0.25, {}});
    tell(1, TaskFinished{t, 2, 1});
    QCOMPARE(kept, (QStringList{QStringLiteral("1/1 0.01"), QStringLiteral("1/1 1"), QStringLiteral("1/2 0.25")}));
}

void TestKeptProgress::readBack()
{
    const QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.path();
    TaskRegistry registry = builtInTasks();
    QVERIFY(registry.add(TellingTask::describe(), [] { return std::make_unique<TellingTask>(); }).ok());
    const auto service = FlowService::open(settings, std::move(registry)).value();
    const FlowFile file = fileOf(QStringLiteral("x"), QStringLiteral("a,type=telling b"), QStringLiteral("a any b"));
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    service->finished(id).waitForFinished();
    const auto tasks = [&] { return service->execution(id, true)->tasks; };
    QTRY_VERIFY(tasks().first().progress == 0.5);
    QCOMPARE(tasks().first().progressText, QStringLiteral("row 1000"));
    QVERIFY(!tasks().last().progress);
    QVERIFY(tasks().last().progressText.isNull());
}

QTEST_GUILESS_MAIN(TestKeptProgress)
#include "tst_kept_progress.moc"
