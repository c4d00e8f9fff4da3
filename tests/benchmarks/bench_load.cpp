// SPDX-License-Identifier: GPL-3.0-or-later
// Many flows at once: what they do together, against the best number of flows at once.
#include "bench.h"
#include "bench_flows.h"

#include "service/flow_service.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace flow;

namespace {

constexpr int executionsInAll = 1000;

/// Executions a second when so many are under way at a time.
double rateOf(int atOnce)
{
    const QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.path();
    const auto service = FlowService::open(settings).value();
    const FlowFile file{bench::chain(10), {}};
    const double seconds = bench::seconds([&] {
        std::vector<QFuture<ExecutionDetails>> running;
        for (int number = 0; number < executionsInAll; ++number) {
            if (int(running.size()) == atOnce) {
                running.front().waitForFinished();
                running.erase(running.begin());
            }
            running.push_back(service->finished(service->start(RunRequest{file, {}}).value()));
        }
        for (QFuture<ExecutionDetails> &one : running)
            one.waitForFinished();
    });
    return executionsInAll / seconds;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("flow.*.debug=false"));
    bench::header();
    double best = 0;
    double hundred = 0;
    for (int round = 0; round < 3; ++round) {
        for (const int atOnce : {1, 2, 4, 8, 16, 32, 64})
            best = std::max(best, rateOf(atOnce));
        hundred = std::max(hundred, rateOf(100));
    }
    bench::line("10-task executions, 100 at once against the best", hundred, std::max(best, hundred), "/s");
    return 0;
}
