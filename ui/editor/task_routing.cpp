// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/task_routing.h"

#include "editor/condition_fields.h"
#include "editor/route_row.h"
#include "look/small_widgets.h"
#include "model/route.h"

#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace flow {

TaskRouting::TaskRouting(InspectorContext *context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_list(new QVBoxLayout)
    , m_rest(new QLabel(this))
    , m_add(new QPushButton(tr("Add a route"), this))
{
    m_list->setSpacing(measure::space4);
    setTone(m_rest, Tone::Muted);
    m_rest->setWordWrap(true);
    m_add->setIcon(context->look->icon(QStringLiteral("plus")));
    auto *menu = new QMenu(m_add);
    menu->addAction(context->look->icon(QStringLiteral("check"), Role::Success), tr("On success"), this,
                    [this] { add(Outcome::Success, false); });
    menu->addAction(context->look->icon(QStringLiteral("cross"), Role::Failure), tr("On failure"), this,
                    [this] { add(Outcome::Failure, false); });
    menu->addAction(context->look->icon(QStringLiteral("arrow-right"), Role::Muted), tr("Always"), this,
                    [this] { add(Outcome::Any, false); });
    menu->addAction(context->look->icon(QStringLiteral("expression"), Role::Expression), tr("If an expression is true"),
                    this, [this] { add(Outcome::Success, true); });
    m_add->setMenu(menu);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::space3);
    layout->addLayout(m_list);
    layout->addWidget(m_rest);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    layout->addStretch();
}

void TaskRouting::showTask(const QString &name)
{
    m_task = name;
    const QList<qsizetype> conditions = m_context->document->flow().conditionsOf(name);
    while (m_rows.size() > conditions.size()) {
        RouteRow *row = m_rows.takeLast();
        row->hide(); // it goes away only when the event that led here has ended
        row->deleteLater();
    }
    while (m_rows.size() < conditions.size()) {
        auto *row = new RouteRow(m_context, this);
        connect(row, &RouteRow::activated, this, [this](qsizetype index) {
            m_context->document->select(Selection{{}, {index}});
        });
        m_list->addWidget(row);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < conditions.size(); ++i)
        m_rows[i]->showCondition(conditions[i], i > 0 ? conditions[i - 1] : -1,
                                 i + 1 < conditions.size() ? conditions[i + 1] : -1);
    showRest(conditions);
    m_add->setEnabled(m_context->canEdit());
}

void TaskRouting::showRest(const QList<qsizetype> &conditions)
{
    const QList<Route> routes = routesFrom(m_context->document->flow(), m_task);
    const bool ends = std::any_of(routes.begin(), routes.end(),
                                  [](const Route &route) { return route.condition < 0 && !route.neverTaken; });
    if (conditions.isEmpty())
        m_rest->setText(tr("The flow ends after this task: no route leads on."));
    else
        m_rest->setText(tr("Where none of these decides, the flow ends."));
    m_rest->setVisible(ends);
}

void TaskRouting::add(Outcome outcome, bool expression)
{
    if (!m_context->canEdit())
        return;
    Condition condition = newCondition(m_context->document->flow(), m_task, outcome);
    if (expression)
        condition.when = QStringLiteral("true");
    m_context->document->addCondition(condition);
    showTask(m_task);
    if (expression && !m_rows.isEmpty())
        m_rows.last()->editExpression();
}

} // namespace flow
