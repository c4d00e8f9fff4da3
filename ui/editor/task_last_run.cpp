// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/task_last_run.h"

#include "look/format.h"
#include "look/json_view.h"
#include "look/small_widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace flow {

TaskLastRun::TaskLastRun(InspectorContext *context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(context->look, QStringLiteral("clock")))
    , m_choice(new QComboBox)
    , m_state(new Pill(context->look))
    , m_facts(new QLabel)
    , m_error(new InlineMessage(context->look))
    , m_input(new JsonView(context->look))
    , m_output(new JsonView(context->look))
{
    setTone(m_facts, Tone::Muted);
    m_facts->setWordWrap(true);
    auto *page = new QWidget;
    auto *head = new QVBoxLayout;
    head->setContentsMargins(14, measure::space3, 14, measure::space2);
    head->setSpacing(measure::space2);
    head->addWidget(m_choice);
    auto *row = new QHBoxLayout;
    row->setSpacing(measure::space2);
    row->addWidget(m_state);
    row->addWidget(m_facts, 1);
    head->addLayout(row);
    head->addWidget(m_error);
    auto *split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(m_output);
    split->addWidget(m_input);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(newLine(page));
    layout->addWidget(split, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &TaskLastRun::showAttempt);
}

void TaskLastRun::showTask(const QString &name)
{
    const bool other = name != m_task;
    const bool atEnd = other || m_choice->currentIndex() == m_choice->count() - 1;
    const int kept = m_choice->currentIndex();
    m_task = name;
    m_attempts.clear();
    for (const TaskExecution &record : m_context->records) {
        if (record.taskName == name)
            m_attempts.append(record);
    }
    const auto trace =
        m_context->trace ? m_context->trace->tasks.constFind(name) : QMap<QString, TaskTrace>::const_iterator();
    const bool traced = m_context->trace && trace != m_context->trace->tasks.constEnd();
    if (!traced && m_attempts.isEmpty()) {
        m_empty->setText(m_context->trace ? tr("Not reached in this run") : tr("No run is shown"),
                         m_context->trace
                             ? tr("The run took another path, or has not come here yet.")
                             : tr("Run the flow, or open one of its runs from the history, to see what this task "
                                  "was given and what it returned."));
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    for (const TaskExecution &attempt : std::as_const(m_attempts))
        m_choice->addItem(m_context->look->icon(look(attempt.status).icon, look(attempt.status).role),
                          tr("Step %1 · attempt %2 · %3")
                              .arg(formatNumber(attempt.sequenceNumber))
                              .arg(attempt.attempt)
                              .arg(look(attempt.status).word));
    m_choice->setVisible(m_attempts.size() > 1);
    m_choice->setCurrentIndex(atEnd ? m_choice->count() - 1 : std::min(kept, m_choice->count() - 1));
    if (m_attempts.isEmpty())
        showTrace(*trace);
    else
        showAttempt();
}

void TaskLastRun::showTrace(const TaskTrace &trace)
{
    const StateLook state = look(trace);
    m_state->set(state.word, state.role, state.icon);
    QStringList facts;
    if (trace.durationSeconds > 0)
        facts << formatDuration(trace.durationSeconds);
    if (trace.attempt > 1)
        facts << tr("attempt %1").arg(trace.attempt);
    if (trace.startedAt)
        facts << tr("started %1").arg(formatExact(*trace.startedAt));
    if (trace.retryAt)
        facts << retryText(*trace.retryAt);
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_error->set(trace.error);
    m_output->setValue(tr("Output"), QJsonValue::Undefined, tr("Its output appears here once the run has ended."));
    m_input->setValue(tr("Input"), QJsonValue::Undefined, tr("Its input appears here once the run has ended."));
}

void TaskLastRun::showAttempt()
{
    const int row = m_choice->currentIndex();
    if (row < 0 || row >= m_attempts.size())
        return;
    const TaskExecution &attempt = m_attempts[row];
    const StateLook state = look(attempt.status);
    // With several attempts the choice says the state.
    m_state->set(m_attempts.size() > 1 ? QString() : state.word, state.role, state.icon);
    QStringList facts;
    if (attempt.durationSeconds)
        facts << formatDuration(*attempt.durationSeconds);
    if (attempt.startedAt)
        facts
            << tr("started %1").arg(toDateTime(*attempt.startedAt).toLocalTime().toString(QStringLiteral("HH:mm:ss")));
    if (const QString origin = originText(attempt.origin, m_context->resumedFrom); !origin.isEmpty())
        facts << origin;
    if (attempt.retryAt)
        facts << retryText(*attempt.retryAt);
    if (!attempt.nextTask.isNull())
        facts << (attempt.nextTask == endTarget ? tr("then the end") : tr("then %1").arg(attempt.nextTask));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_facts->setToolTip(attempt.startedAt ? tr("Started %1").arg(formatExact(*attempt.startedAt)) : QString());
    m_error->set(attempt.errorMessage);
    const QJsonValue output = attempt.outputData.isNull() ? QJsonValue(QJsonValue::Undefined) : attempt.outputData;
    m_output->setValue(tr("Output"), output, tr("This task returned no data."));
    m_input->setValue(tr("Input"), attempt.inputData, {});
}

} // namespace flow
