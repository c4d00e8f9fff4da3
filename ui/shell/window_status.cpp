// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/window_status.h"

#include "base/clock.h"
#include "look/format.h"
#include "look/small_widgets.h"
#include "look/status_bar.h"
#include "shell/flow_tab.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <algorithm>
#include <iterator>

namespace flow {

namespace {

constexpr int messageMs = 6000;

void colour(QLabel *label, const QColor &color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

} // namespace

WindowStatus::WindowStatus(StatusBar *bar, Look *look, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_look(look)
    , m_runIcon(new QLabel(bar))
    , m_run(new QLabel(bar))
    , m_saved(new QLabel(bar))
    , m_issues(new QToolButton(bar))
    , m_database(new QLabel(bar))
{
    bar->setSizeGripEnabled(false);
    bar->setFixedHeight(measure::statusBar);
    bar->setContentsMargins(measure::space3, 0, measure::space3, 0);
    m_runIcon->setObjectName(QStringLiteral("runningIcon"));
    m_run->setObjectName(QStringLiteral("runningStatus"));
    m_run->setContentsMargins(0, 0, measure::space4, 0);
    m_database->setContentsMargins(measure::space3, 0, 0, 0);
    m_saved->setObjectName(QStringLiteral("savedStatus"));
    m_database->setObjectName(QStringLiteral("databaseStatus"));
    m_issues->setObjectName(QStringLiteral("issuesStatus"));
    m_issues->setProperty("kind", QStringLiteral("small"));
    m_issues->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_issues->setToolTip(tr("Show the problems"));
    m_issues->setIconSize(QSize(14, 14));
    // In one widget, which the bar hides behind its messages: what shows itself meanwhile must not lie over them.
    auto *left = new QWidget(bar);
    auto *layout = new QHBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::space2);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_runIcon, m_run, m_saved})
        layout->addWidget(widget);
    bar->addWidget(left);
    bar->addPermanentWidget(m_issues);
    bar->addPermanentWidget(m_database);
    connect(m_issues, &QToolButton::clicked, this, &WindowStatus::issuesClicked);
    connect(look, &Look::changed, this, &WindowStatus::refreshIssues);
    connect(look, &Look::changed, this, [this] { setRunning(QList(m_running), QMap(m_names)); });
    setRunning({}, {});
    setTab(nullptr);
}

void WindowStatus::setTab(FlowTab *tab)
{
    if (m_tab)
        disconnect(m_tab->document(), nullptr, this, nullptr);
    m_tab = tab;
    if (tab) {
        connect(tab->document(), &FlowDocument::issuesChanged, this, &WindowStatus::refreshIssues);
        connect(tab->document(), &FlowDocument::modifiedChanged, this, &WindowStatus::refreshSaved);
        connect(tab->document(), &FlowDocument::homeChanged, this, &WindowStatus::refreshSaved);
    }
    refreshIssues();
    refreshSaved();
}

void WindowStatus::say(const QString &text)
{
    m_bar->showMessage(text, messageMs);
}

void WindowStatus::setRunning(const QList<Execution> &all, const QMap<FlowId, QString> &names)
{
    m_running = all;
    m_names = names;
    QString text;
    QList<Execution> running; // what one of them has started is part of it
    std::copy_if(all.begin(), all.end(), std::back_inserter(running), [&all](const Execution &one) {
        return !one.parent || std::none_of(all.begin(), all.end(),
                                           [&one](const Execution &other) { return other.id == one.parent->id; });
    });
    const auto waits = [](const Execution &execution) { return execution.status == ExecutionStatus::Paused; };
    const auto paused = int(std::count_if(running.begin(), running.end(), waits));
    if (running.size() == 1) {
        const Execution &execution = running.first();
        const QString name = names.value(execution.flowId, execution.flowId);
        if (execution.status == ExecutionStatus::Pending)
            text = tr("%1 waits for a free place").arg(name);
        else if (execution.status == ExecutionStatus::Paused)
            text = execution.pausedBecause.isEmpty() ? tr("%1 is paused").arg(name)
                                                     : tr("%1: %2").arg(name, execution.pausedBecause);
        else
            text = tr("%1 is running, task %2").arg(name, formatNumber(execution.totalTasksExecuted + 1));
    } else if (running.size() > 1) {
        const int going = int(running.size()) - paused;
        QStringList parts;
        if (going)
            parts << tr("%n flow(s) are running", nullptr, going);
        if (paused)
            parts << tr("%n flow(s) are paused", nullptr, paused);
        text = parts.join(QStringLiteral(", "));
    }
    m_run->setText(text.isEmpty() ? tr("Nothing runs") : text);
    const bool allWait = paused > 0 && paused == running.size();
    const Role role = allWait ? Role::Warning : Role::Accent;
    colour(m_run, m_look->color(text.isEmpty() ? Role::Muted : role));
    m_runIcon->setVisible(!text.isEmpty());
    m_runIcon->setPixmap(m_look->pixmap(allWait ? QStringLiteral("pause") : QStringLiteral("spinner"), role, 14,
                                        m_bar->devicePixelRatioF()));
}

void WindowStatus::setDatabase(const QString &text, bool busy)
{
    m_databaseName = text;
    m_database->setText(text);
    colour(m_database, m_look->color(busy ? Role::Accent : Role::Muted));
}

void WindowStatus::setRuns(qint64 total)
{
    m_database->setText(m_databaseName + QStringLiteral("  ·  ") +
                        (total == 1 ? tr("1 run") : tr("%1 runs").arg(formatNumber(total))));
}

void WindowStatus::saved(FlowTab *tab)
{
    if (!m_savedAt.contains(tab))
        connect(tab, &QObject::destroyed, this, [this, tab] { m_savedAt.remove(tab); });
    m_savedAt.insert(tab, systemClock().now());
    refreshSaved();
}

void WindowStatus::refreshSaved()
{
    m_saved->setVisible(m_tab);
    if (!m_tab)
        return;
    const FlowDocument *document = m_tab->document();
    const QString time = m_savedAt.contains(m_tab.data())
                             ? QLocale().toString(toDateTime(m_savedAt.value(m_tab.data())).toLocalTime().time(),
                                                  QStringLiteral("HH:mm"))
                             : QString();
    m_saved->setText(document->isReadOnly()                              ? tr("Past run, read-only")
                     : document->isModified()                            ? tr("Not saved")
                     : document->home().kind == DocumentHome::Kind::None ? tr("New")
                     : time.isEmpty()                                    ? tr("Saved")
                                                                         : tr("Saved %1").arg(time));
}

void WindowStatus::refreshIssues()
{
    int errors = 0;
    int warnings = 0;
    if (m_tab) {
        for (const Issue &issue : m_tab->document()->issues())
            ++(issue.severity == Severity::Error ? errors : warnings);
    }
    QStringList parts;
    if (errors)
        parts.append(tr("%n error(s)", nullptr, errors));
    if (warnings)
        parts.append(tr("%n warning(s)", nullptr, warnings));
    m_issues->setText(parts.join(QStringLiteral(", ")));
    m_issues->setIcon(m_look->icon(errors ? QStringLiteral("error") : QStringLiteral("warning"),
                                   errors ? Role::Failure : Role::Warning));
    m_issues->setVisible(!parts.isEmpty());
}

} // namespace flow
