// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_banner.h"

#include "editor/growing_edit.h"
#include "look/elided_label.h"
#include "look/format.h"
#include "look/small_widgets.h"
#include "shell/flow_tab.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace flow {

namespace {

const QString between = QStringLiteral("  ·  ");

/// Why it is paused or has failed; empty where there is nothing to say.
QString messageOf(const ExecutionTrace &trace)
{
    if (trace.status == ExecutionStatus::Paused)
        return trace.pausedBecause;
    if (trace.error.isEmpty() || trace.errorTask.isEmpty())
        return trace.error;
    return RunBanner::tr("%1: %2").arg(trace.errorTask, trace.error);
}

QString factsOf(const ExecutionTrace &trace)
{
    QStringList facts;
    if (trace.startedAt)
        facts.append(formatExact(*trace.startedAt));
    if (isFinished(trace.status) && trace.durationSeconds > 0)
        facts.append(formatDuration(trace.durationSeconds));
    return facts.join(between);
}

} // namespace

RunBanner::RunBanner(FlowTab *tab, Look *look)
    : QFrame(tab)
    , m_tab(tab)
    , m_look(look)
    , m_icon(new QLabel(this))
    , m_state(new QLabel(this))
    , m_detail(new ElidedLabel(this))
    , m_more(new QPushButton(tr("Show all"), this))
    , m_whole(new GrowingEdit(this))
{
    setObjectName(QStringLiteral("runBanner"));
    setProperty("surface", QStringLiteral("bar"));
    setTone(m_detail, Tone::Muted);
    setKind(m_more, ButtonKind::Link);
    m_more->setCheckable(true);
    m_more->hide();
    m_whole->setObjectName(QStringLiteral("runMessage"));
    m_whole->setAccessibleName(tr("Message"));
    m_whole->setProperty("quiet", true);
    m_whole->setReadOnly(true);
    m_whole->setLines(1, 8);
    m_whole->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space4, 0, measure::space4, 0);
    layout->setSpacing(0);
    layout->addLayout(makeLine());
    layout->addWidget(m_whole);
    setVisible(tab->document()->isReadOnly());
    connect(tab, &FlowTab::runChanged, this, &RunBanner::refresh);
    connect(tab, &FlowTab::eventsApplied, this, &RunBanner::refresh);
    connect(look, &Look::changed, this, &RunBanner::refresh);
    connect(m_more, &QPushButton::toggled, this, &RunBanner::showMessage);
    connect(m_detail, &ElidedLabel::elidedChanged, this, &RunBanner::showMessage);
}

QLayout *RunBanner::makeLine()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(measure::space2);
    line->addWidget(m_icon);
    line->addWidget(m_state);
    line->addWidget(m_detail, 1);
    line->addWidget(m_more);
    auto *readOnly = new QLabel(tr("Read-only: the flow as it was when it ran"), this);
    setTone(readOnly, Tone::Muted);
    line->addWidget(readOnly);
    readOnly->setVisible(m_tab->document()->isReadOnly());
    line->addStrut(measure::row);
    return line;
}

void RunBanner::refresh()
{
    const ExecutionTrace &trace = m_tab->run().trace;
    const StateLook state = look(trace.status);
    m_icon->setPixmap(m_look->pixmap(state.icon, state.role, 16, devicePixelRatioF()));
    m_state->setText(state.word);
    m_state->setFont(m_look->font(Look::Text::SmallStrong));
    QPalette colors = m_state->palette();
    colors.setColor(QPalette::WindowText, m_look->color(state.role));
    m_state->setPalette(colors);
    setVisible(m_tab->document()->isReadOnly() || m_tab->run().isPaused());

    m_facts = factsOf(trace);
    if (const QString message = messageOf(trace); message != m_message) {
        m_message = message;
        m_whole->setPlainText(message);
        m_more->setChecked(false);
    }
    showMessage();
}

/// On the line as far as it has room, or all of it below.
void RunBanner::showMessage()
{
    const bool isOpen = m_more->isChecked();
    QStringList parts = m_tab->run().isPaused() ? QStringList{m_message, m_facts} : QStringList{m_facts, m_message};
    if (isOpen)
        parts.removeAll(m_message);
    parts.removeAll(QString());
    m_detail->setWhole(parts.join(between));
    m_more->setText(isOpen ? tr("Show less") : tr("Show all"));
    m_more->setVisible(isOpen || (m_detail->isElided() && !m_message.isEmpty()));
    m_whole->setVisible(isOpen);
}

} // namespace flow
