// SPDX-License-Identifier: GPL-3.0-or-later
#include "script.h"

#include "tasks/seconds.h"

#include <stdexcept>

namespace flow::test {

namespace {

class ScriptedTask final : public BaseTask
{
public:
    explicit ScriptedTask(Script &script)
        : m_script(script)
    {
    }
    TaskResult execute(TaskRun &run) override { return m_script.perform(run); }

private:
    Script &m_script;
};

} // namespace

Script::Script(const QString &words, FakeClock *clock)
    : m_clock(clock)
{
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts))
        m_acts[word.section(u'=', 0, 0)].push_back(word.section(u'=', 1));
}

TaskRegistry Script::registry()
{
    TaskRegistry registry;
    const Result<void> added =
        registry.add({.name = QStringLiteral("scripted"), .description = QStringLiteral("Scripted task")},
                     [this] { return std::make_unique<ScriptedTask>(*this); });
    if (!added)
        qFatal("%s", qPrintable(added.error().text()));
    return registry;
}

TaskResult Script::perform(TaskRun &run)
{
    if (onRun)
        onRun(run.taskName, run.attempt);
    return act(next(run.taskName), run);
}

QString Script::next(const QString &task)
{
    const std::lock_guard lock(m_mutex);
    std::deque<QString> &acts = m_acts[task];
    if (acts.empty())
        return QStringLiteral("ok");
    const QString word = acts.front();
    acts.pop_front();
    return word;
}

TaskResult Script::act(const QString &word, TaskRun &run)
{
    const QString name = word.section(u'(', 0, 0);
    const QString argument = word.section(u'(', 1).chopped(word.contains(u'(') ? 1 : 0);
    if (name == u"ok")
        return TaskResult::success();
    if (name == u"fail")
        return TaskResult::failure(argument.isEmpty() ? QStringLiteral("%1 broke").arg(run.taskName) : argument);
    if (name == u"silent")
        return TaskResult::failure({});
    if (name == u"data")
        return TaskResult::success(argument.toDouble());
    if (name == u"both")
        return TaskResult::failure(QStringLiteral("partly"), argument.toDouble());
    if (name == u"throw")
        throw std::runtime_error(argument.toStdString());
    if (name == u"throwany")
        throw 7;
    if (name == u"odd")
        return {TaskStatus::Running, QJsonValue::Undefined, {}};
    if (name == u"long" && m_clock) {
        m_clock->advance(nanosecondsOf(argument.toDouble()));
        return TaskResult::success(1);
    }
    if (name == u"wait") {
        run.cancel.waitFor(std::chrono::hours(1));
        return TaskResult::success(QStringLiteral("too late"));
    }
    if (name == u"cancel") {
        onCancel();
        return TaskResult::success(QStringLiteral("too late"));
    }
    qFatal("script: unknown act '%s'", qPrintable(word));
}

} // namespace flow::test
