// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fake_clock.h"
#include "tasks/task_registry.h"

#include <deque>
#include <map>
#include <mutex>

namespace flow::test {

/// What the attempts of scripted tasks do, one act after the other; a task without an act left succeeds. Any thread.
///
/// Written as words: `a=ok b=fail(text) b=fail c=data(7) d=throw e=odd f=long(2.5) g=wait h=cancel`
/// - ok, fail, fail(text): the result; data(json number): success with that data; both(n): failure with error and data
/// n
/// - throw(text), throwany: an exception; odd: a status that no task may return
/// - long(s): the clock moves on by that many seconds, then success; wait: waits until it is stopped
/// - cancel: calls onCancel, then success
class Script
{
public:
    explicit Script(const QString &words = {}, FakeClock *clock = nullptr);

    /// A registry with the one type `scripted`.
    TaskRegistry registry();

    std::function<void(const QString &task, int attempt)> onRun; ///< before anything else of an attempt
    std::function<void()> onCancel;

    TaskResult perform(TaskRun &run);

private:
    QString next(const QString &task);
    TaskResult act(const QString &word, TaskRun &run);

    FakeClock *m_clock;
    std::mutex m_mutex;
    std::map<QString, std::deque<QString>> m_acts;
};

} // namespace flow::test
