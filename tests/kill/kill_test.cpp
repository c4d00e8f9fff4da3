// SPDX-License-Identifier: GPL-3.0-or-later
#include "victim.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace flow::test;

namespace {

constexpr int roundsInOneFolder = 50;
constexpr int mostFailures = 5;

ServerProgram::Kind kindOf(int round)
{
#ifdef FLOW_MANAGER
    if (round % 10 == 0)
        return ServerProgram::Kind::FlowManager;
#endif
    Q_UNUSED(round)
    return ServerProgram::Kind::Flowctl;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("COUNT"), QStringLiteral("How often to kill (1000)."));
    parser.addOption(
        {QStringLiteral("seed"), QStringLiteral("As an earlier run printed it."), QStringLiteral("NUMBER")});
    parser.process(application);
    const int count = parser.positionalArguments().value(0, QStringLiteral("1000")).toInt();
    const unsigned seed =
        parser.isSet(QStringLiteral("seed")) ? parser.value(QStringLiteral("seed")).toUInt() : std::random_device()();
    std::printf("seed %u\n", seed);
    std::fflush(stdout);

    std::mt19937 random(seed);
    int failed = 0;
    int round = 0;
    qsizetype kept = 0;
    int interrupted = 0;
    while (round < count && failed < mostFailures) {
        Victim victim;
        QString wrong;
        const int end = std::min(count, round + roundsInOneFolder);
        while (round < end && wrong.isEmpty()) {
            ++round;
            wrong = victim.round(kindOf(round), random);
        }
        if (wrong.isEmpty())
            wrong = victim.last();
        if (!wrong.isEmpty()) {
            ++failed;
            victim.keepFolder();
            std::printf("round %d: %s (%s)\n", round, qPrintable(wrong), qPrintable(victim.folder()));
        }
        kept += victim.kept();
        interrupted += victim.interrupted();
        std::printf("%d kills, %lld results told and kept, %d executions interrupted\n", round,
                    static_cast<long long>(kept), interrupted);
        std::fflush(stdout);
    }
    std::printf("%d passed, %d failed\n", round - failed, failed);
    return failed == 0 ? 0 : 1;
}
