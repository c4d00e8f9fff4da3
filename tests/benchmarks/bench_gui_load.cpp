// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window does not answer while a hundred flows run: the real window with history, log and timeline.
#include "bench.h"
#include "bench_flows.h"

#include "ui/shell/shell_fixture.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QTest>
#include <QTimer>

using namespace flow;

namespace {

constexpr double wantedMs = 16;

/// Starts so many flows, each of its own, from a thread that may wait, and gives their ends.
QFuture<bool> runMany(FlowService *service, int flows)
{
    return service->async([service, flows] {
        QList<QFuture<ExecutionDetails>> running;
        for (int number = 0; number < flows; ++number) {
            Flow flow = bench::chain(20);
            flow.id = QStringLiteral("flow-%1").arg(number);
            running.append(service->finished(service->start(RunRequest{{flow, {}}, {}}).value()));
        }
        for (QFuture<ExecutionDetails> &one : running)
            one.waitForFinished();
        return true;
    });
}

/// The longest time between two turns of the event loop while `busy` lasts, in milliseconds.
double longestPause(const QFuture<bool> &busy)
{
    QElapsedTimer turn;
    double longest = 0;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    QObject::connect(&heart, &QTimer::timeout, [&] {
        longest = std::max(longest, double(turn.nsecsElapsed()) / 1e6 - heart.interval());
        turn.restart();
    });
    turn.start();
    heart.start(1);
    while (!busy.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return longest;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("flow.*.debug=false"));
    const QTemporaryDir folder;
    test::Shell shell(folder.path());
    if (!shell.open())
        qFatal("the window did not open");
    bench::header();
    QTest::qWait(1500);
    longestPause(runMany(shell.service(), 100)); // the first time also makes the flows
    double worst = 0;
    for (int round = 0; round < 5; ++round) {
        QTest::qWait(300);
        worst = std::max(worst, longestPause(runMany(shell.service(), 100)));
    }
    bench::line("longest pause of the window, 100 flows at once, ms", worst, wantedMs, "ms"); // the floor is the limit
    shell.close();
    return 0;
}
