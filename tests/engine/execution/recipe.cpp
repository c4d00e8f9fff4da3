// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe.h"

#include "support/flow_builder.h"

namespace flow::test {

Ran runRecipe(const Recipe &recipe)
{
    FakeClock clock;
    Script script(recipe.script, &clock);
    Log log;
    RecordingJournal journal(log);
    CancelSource cancel;
    script.onRun = [&](const QString &task, int attempt) {
        log.add(QStringLiteral("run %1#%2").arg(task).arg(attempt));
    };
    script.onCancel = [&] { cancel.cancel(); };
    const TaskRegistry registry = script.registry();

    Ran ran;
    FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) {
        log.add(lineOf(event));
        ran.events << event;
    });
    ran.outcome = engine.run({.id = 7,
                              .flow = flowOf(recipe.tasks, recipe.conditions),
                              .revision = {},
                              .input = recipe.input,
                              .limits = recipe.limits,
                              .cancel = cancel.token()});
    ran.log = log.lines();
    ran.summary = summaryOf(ran.events);
    const QString problem = orderProblem(ran.log);
    if (!problem.isNull())
        ran.summary = problem + QStringLiteral("\n") + ran.log.join(u'\n');
    return ran;
}

namespace {

/// The attempt that a line starts, such as `2 b#1`; null for others.
QString startedBy(const QString &line, const QString &verb)
{
    static const QRegularExpression form(QStringLiteral("^(\\w+) (?:.*; )?(\\d+ \\S+#\\d+)$"));
    const QRegularExpressionMatch match = form.match(line);
    return match.hasMatch() && match.captured(1) == verb ? match.captured(2) : QString();
}

} // namespace

QString orderProblem(const QStringList &log)
{
    QString committed; // the attempt whose start is committed and whose end is not
    QString told;      // the attempt of which the listener knows that it runs
    int over = 0;
    for (const QString &line : log) {
        if (line.startsWith(u"commit ")) {
            const QString start = startedBy(line, QStringLiteral("commit"));
            const bool ends =
                line.contains(QRegularExpression(QStringLiteral("^commit \\d+ (success|failure|cancelled)")));
            if (ends && committed.isEmpty())
                return QStringLiteral("an end without a start: ") + line;
            if (!ends && !start.isEmpty() && !committed.isEmpty())
                return QStringLiteral("two attempts at once: ") + line;
            if (ends)
                committed.clear();
            if (!start.isEmpty())
                committed = start;
        } else if (line.startsWith(u"run ")) {
            if (committed.section(u' ', 1) != line.mid(4))
                return QStringLiteral("an effect before its commit: ") + line;
            if (told != committed)
                return QStringLiteral("an effect that nobody was told of: ") + line;
        } else if (const QString start = startedBy(line, QStringLiteral("tell")); !start.isEmpty()) {
            if (start != committed)
                return QStringLiteral("told before it was committed: ") + line;
            told = start;
        } else if (line.contains(QRegularExpression(QStringLiteral("^tell \\d+ ")))) {
            if (committed == told)
                return QStringLiteral("an end told before it was committed: ") + line;
        } else if (line.contains(QRegularExpression(QStringLiteral("^tell (completed|failure|cancelled)")))) {
            ++over;
        }
    }
    if (!committed.isEmpty())
        return QStringLiteral("an attempt that never ended: ") + committed;
    return over == 1 ? QString() : QStringLiteral("told %1 ends").arg(over);
}

} // namespace flow::test
