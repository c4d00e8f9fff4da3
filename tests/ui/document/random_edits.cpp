// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_edits.h"

namespace flow::test {

QString RandomEdits::someTask()
{
    const QList<Task> &tasks = m_document->flow().tasks;
    return tasks.isEmpty() || number(20) == 0 ? QStringLiteral("nobody") : tasks[number(int(tasks.size()))].name;
}

Condition RandomEdits::randomCondition()
{
    Condition condition;
    condition.name = number(3) == 0 ? QString() : QStringLiteral("c%1").arg(number(6));
    condition.sourceTask = someTask();
    condition.outcome = Outcome(number(3));
    condition.when = number(3) == 0 ? QStringLiteral("input.x > %1").arg(number(5)) : QString();
    condition.targetTaskSuccess = someTarget();
    condition.targetTaskFailure = number(3) == 0 ? QString() : someTarget();
    return condition;
}

void RandomEdits::selectSome()
{
    Selection selection;
    for (int count = number(4); count > 0; --count) {
        const QString name = someTask();
        if (m_document->flow().task(name) && !selection.tasks.contains(name))
            selection.tasks << name;
    }
    const qsizetype condition = someCondition();
    if (number(2) == 0 && condition < m_document->flow().conditions.size())
        selection.conditions << condition;
    m_document->select(selection);
}

void RandomEdits::editTask()
{
    switch (number(6)) {
    case 0:
    case 1:
        m_document->addTask(number(2) == 0 ? QStringLiteral("noop") : QStringLiteral("delay"), somePlace());
        return;
    case 2:
        (void)m_document->renameTask(someTask(), QStringLiteral("task %1").arg(number(12)));
        return;
    case 3:
        m_document->removeSelection();
        return;
    case 4:
        m_document->duplicateSelection();
        return;
    default:
        break;
    }
    const QString name = someTask();
    if (const Task *task = m_document->flow().task(name)) {
        Task changed = *task;
        changed.description = QStringLiteral("text %1").arg(number(3));
        changed.timeoutSeconds = number(2) == 0 ? std::optional<double>(number(9) + 1) : std::nullopt;
        m_document->changeTask(name, changed,
                               number(2) == 0 ? QStringLiteral("description") : QStringLiteral("timeout_seconds"));
    }
}

void RandomEdits::editCondition()
{
    switch (number(6)) {
    case 0:
    case 1:
        (void)m_document->connectTasks(someTask(), Outcome(number(3)), someTarget());
        return;
    case 2:
        (void)m_document->retarget(someCondition(), number(2) == 0, someTarget());
        return;
    case 3:
        m_document->addCondition(randomCondition());
        return;
    case 4:
        m_document->moveCondition(someCondition(), someCondition());
        return;
    default:
        m_document->changeCondition(someCondition(), randomCondition(), QStringLiteral("when"));
        return;
    }
}

void RandomEdits::editLayout()
{
    switch (number(5)) {
    case 0:
        m_document->moveStart(somePlace());
        return;
    case 1:
        m_document->moveEnd(someTask(), somePlace());
        return;
    case 2:
        m_document->setLayout({}, QStringLiteral("Tidy up"));
        return;
    default:
        break;
    }
    QMap<QString, QPointF> places;
    for (const QString &name : m_document->selection().tasks)
        places.insert(name, somePlace());
    for (int step = number(4); step >= 0; --step) { // a drag
        for (QPointF &place : places)
            place += QPointF(20, number(2) == 0 ? 20 : -20);
        m_document->moveTasks(places);
    }
    if (number(2) == 0)
        m_document->endMerging();
}

void RandomEdits::editFlow()
{
    if (number(2) == 0) {
        m_document->setStartTask(someTask());
        return;
    }
    Flow changed = m_document->flow();
    changed.name = QStringLiteral("Flow %1").arg(number(3));
    m_document->changeFlow(changed, QStringLiteral("name"));
}

void RandomEdits::next()
{
    switch (number(12)) {
    case 0:
    case 1:
        selectSome();
        return;
    case 2:
    case 3:
    case 4:
        editTask();
        return;
    case 5:
    case 6:
    case 7:
        editCondition();
        return;
    case 8:
        editLayout();
        return;
    case 9:
        editFlow();
        return;
    case 10:
        m_document->undoStack()->undo();
        return;
    default:
        m_document->undoStack()->redo();
        return;
    }
}

} // namespace flow::test
