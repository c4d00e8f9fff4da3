// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/history_keeper.h"

#include "base/clock.h"
#include "service/logging.h"

#include <algorithm>

namespace flow {

namespace {

constexpr int measuredAtOnce = 20; // each may have many lines
constexpr int removedAtOnce = 100;
/// Executions that are looked for at once; more than that takes another look.
constexpr int mostFound = 100'000;
constexpr int revisionsAtOnce = 20;
/// A revision that was asked for since then may be about to be used.
constexpr std::chrono::hours revisionsRest{24};

} // namespace

HistoryKeeper::HistoryKeeper(Database &database, const RetentionRules &rules,
                             std::optional<std::chrono::milliseconds> interval)
    : m_store(database)
    , m_rules(rules)
    , m_interval(interval)
{
    if (m_interval)
        m_thread = std::thread([this] { loop(); });
}

HistoryKeeper::~HistoryKeeper()
{
    m_stop.cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void HistoryKeeper::loop()
{
    bool failed = false;
    while (!m_stop.token().waitFor(*m_interval)) {
        const Result<PruneReport> report = work({.cancel = m_stop.token()}, Pace::Resting);
        if (!report && !failed)
            qCWarning(lcService, "Old runs cannot be removed: %s", qUtf8Printable(report.error().text()));
        failed = !report; // said once
        if (report && report->executions > 0)
            qCInfo(lcService) << "removed old executions:" << report->together << "revisions:" << report->revisions;
    }
}

Result<PruneReport> HistoryKeeper::prune(const PruneOptions &options)
{
    return work(options, Pace::AtOnce);
}

Result<PruneReport> HistoryKeeper::work(const PruneOptions &options, Pace pace)
{
    const std::lock_guard lock(m_working);
    PruneReport report;
    if (Result<void> measured = measureAll(options.cancel, pace); !measured)
        return measured.error();
    for (;;) {
        const Result<QList<ExecutionId>> ids = m_store.surplus(m_rules, systemClock().now(), mostFound);
        if (!ids)
            return ids.error();
        if (options.dryRun) {
            report.executions = int(ids->size());
            return report;
        }
        const int before = report.together;
        if (Result<void> removed = removeAll(*ids, options, pace, report); !removed)
            return removed.error();
        if (ids->size() < mostFound || report.together == before || options.cancel.isCancelled())
            break;
    }
    Result<void> done = removeRevisions(options.cancel, pace, report);
    if (done)
        done = giveBackAll(options.cancel, pace);
    report.cancelled = options.cancel.isCancelled();
    if (!done)
        return done.error();
    return report;
}

Result<void> HistoryKeeper::measureAll(const CancelToken &cancel, Pace pace)
{
    for (int measured = measuredAtOnce; measured == measuredAtOnce && !cancel.isCancelled();) {
        const auto began = systemClock().monotonic();
        const Result<int> done = m_store.measure(measuredAtOnce);
        if (!done)
            return done.error();
        measured = *done;
        rest(systemClock().monotonic() - began, cancel, pace);
    }
    return {};
}

Result<void> HistoryKeeper::removeAll(const QList<ExecutionId> &ids, const PruneOptions &options, Pace pace,
                                      PruneReport &report)
{
    QList<ExecutionId> left = ids;
    while (!left.isEmpty() && !options.cancel.isCancelled()) {
        const auto began = systemClock().monotonic();
        const Result<RemovalStep> step = m_store.remove(left.mid(0, removedAtOnce));
        if (!step)
            return step.error();
        const qsizetype over = std::min<qsizetype>(left.size(), removedAtOnce) - step->left.size();
        left.remove(0, over);
        report.executions += step->roots;
        report.together += step->executions;
        if (options.progress)
            options.progress(int(ids.size() - left.size()), int(ids.size()));
        rest(systemClock().monotonic() - began, options.cancel, pace);
    }
    return {};
}

Result<void> HistoryKeeper::removeRevisions(const CancelToken &cancel, Pace pace, PruneReport &report)
{
    const Result<QList<RevisionId>> unused = m_store.unusedRevisions(systemClock().now() - revisionsRest, mostFound);
    if (!unused)
        return unused.error();
    for (qsizetype at = 0; at < unused->size() && !cancel.isCancelled(); at += revisionsAtOnce) {
        const auto began = systemClock().monotonic();
        const Result<int> removed = m_store.removeRevisions(unused->mid(at, revisionsAtOnce));
        if (!removed)
            return removed.error();
        report.revisions += *removed;
        rest(systemClock().monotonic() - began, cancel, pace);
    }
    return {};
}

Result<void> HistoryKeeper::giveBack()
{
    const std::lock_guard lock(m_working);
    return giveBackAll({}, Pace::AtOnce);
}

/// Whoever made it free: the deletion of a flow and programs that are gone by now as well.
Result<void> HistoryKeeper::giveBackAll(const CancelToken &cancel, Pace pace)
{
    const Result<bool> any = m_store.hasFreeSpace();
    if (!any)
        return any.error();
    if (!*any && pace == Pace::Resting)
        return {};
    for (bool more = true; more && !cancel.isCancelled();) {
        const auto began = systemClock().monotonic();
        const Result<bool> given = m_store.giveBack();
        if (!given)
            return given.error();
        more = *given;
        rest(systemClock().monotonic() - began, cancel, pace);
    }
    return m_store.tidyUp();
}

/// As long as it has worked, so that whoever executes flows has the writer at least half of the time.
void HistoryKeeper::rest(std::chrono::nanoseconds worked, const CancelToken &cancel, Pace pace) const
{
    if (pace == Pace::Resting) [[maybe_unused]]
        const bool cut = cancel.waitFor(worked);
}

} // namespace flow
