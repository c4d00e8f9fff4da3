// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

namespace {

struct Start
{
    double seconds = 0;   ///< from the start of the process to its first painted window
    double mebibytes = 0; ///< resident memory two seconds later
};

/// The private and shared resident memory of a process.
double residentMebibytes(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        qFatal("no memory figures for process %lld", pid);
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:") + 6;
    return text.mid(at, text.indexOf("kB", at) - at).trimmed().toDouble() / 1024;
}

Start measure(const QString &program, const QStringList &arguments, bool withMemory)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    Start start;
    start.seconds = bench::seconds([&] {
        process.start(program, arguments);
        while (!process.readAllStandardOutput().contains("painted")) {
            if (!process.waitForReadyRead(20000))
                qFatal("%s did not say that it has painted", qPrintable(program));
        }
    });
    if (withMemory) {
        QThread::sleep(2); // let it settle: idle is what is measured
        start.mebibytes = residentMebibytes(process.processId());
    }
    process.kill();
    process.waitForFinished();
    return start;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = QCoreApplication::applicationDirPath();
    const QTemporaryDir data;
    const QStringList arguments{QStringLiteral("--data-dir"), data.path(), QStringLiteral("--report-first-paint")};
    const QString program = folder + QStringLiteral("/flow-manager");
    const QString floor = folder + QStringLiteral("/empty_window");

    const bench::Pair best = bench::fastest(
        6, [&] { return measure(program, arguments, false).seconds; },
        [&] { return measure(floor, {}, false).seconds; });
    bench::header();
    bench::line("start to first painted window", best.work * 1000, best.floor * 1000, "ms");
    bench::line("memory when idle", measure(program, arguments, true).mebibytes, measure(floor, {}, true).mebibytes,
                "MiB");
    return 0;
}
