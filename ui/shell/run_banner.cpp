// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_banner.h"

#include "look/format.h"
#include "shell/flow_tab.h"

#include <QHBoxLayout>

namespace flow {

RunBanner::RunBanner(FlowTab *tab, Look *look)
    : QFrame(tab)
    , m_tab(tab)
    , m_look(look)
    , m_icon(new QLabel(this))
    , m_state(new QLabel(this))
    , m_detail(new QLabel(this))
{
    setObjectName(QStringLiteral("runBanner"));
    setProperty("surface", QStringLiteral("bar"));
    setFixedHeight(measure::row);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::space4, 0, measure::space4, 0);
    layout->setSpacing(measure::space2);
    layout->addWidget(m_icon);
    layout->addWidget(m_state);
    layout->addWidget(m_detail, 1);
    auto *readOnly = new QLabel(tr("Read-only: the flow as it was when it ran"), this);
    readOnly->setProperty("tone", QStringLiteral("muted"));
    layout->addWidget(readOnly);
    readOnly->setVisible(tab->document()->isReadOnly());
    setVisible(tab->document()->isReadOnly());
    connect(tab, &FlowTab::runChanged, this, &RunBanner::refresh);
    connect(tab, &FlowTab::eventsApplied, this, &RunBanner::refresh);
    connect(look, &Look::changed, this, &RunBanner::refresh);
    m_detail->setProperty("tone", QStringLiteral("muted"));
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setMinimumWidth(0);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
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

    const bool isPaused = m_tab->run().isPaused();
    setVisible(m_tab->document()->isReadOnly() || isPaused);
    QStringList parts;
    if (isPaused)
        parts.append(trace.pausedBecause);
    if (trace.startedAt)
        parts.append(formatExact(*trace.startedAt));
    if (isFinished(trace.status) && trace.durationSeconds > 0)
        parts.append(formatDuration(trace.durationSeconds));
    if (!trace.error.isEmpty())
        parts.append(trace.errorTask.isEmpty() ? trace.error : tr("%1: %2").arg(trace.errorTask, trace.error));
    m_detail->setText(parts.join(QStringLiteral("  ·  ")));
    m_detail->setToolTip(isPaused ? trace.pausedBecause : trace.error);
}

} // namespace flow
