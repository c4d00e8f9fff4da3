// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/route_row.h"

#include "editor/condition_fields.h"
#include "editor/field_editor.h"
#include "editor/issue_list.h"
#include "editor/route_words.h"
#include "editor/target_box.h"

#include <QGridLayout>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace flow {
namespace {

/// The row says in words what the field is for.
FieldSpec bareExpressionField()
{
    FieldSpec spec = expressionField();
    spec.title.clear();
    return spec;
}

/// The expression stands in a line of its own below.
RouteWords wordsBesideExpression(Condition condition, bool matched)
{
    if (matched && condition.outcome != Outcome::Any)
        condition.when.clear();
    return routeWords(condition, matched);
}

} // namespace

RouteRow::RouteRow(InspectorContext *context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_expression(FieldEditor::create(bareExpressionField(), context->look, this))
    , m_issues(new IssueList(context->look, this))
{
    auto *top = new QHBoxLayout;
    top->setSpacing(0);
    m_name = new QToolButton(this);
    setKind(m_name, ButtonKind::Heading);
    m_name->setToolTip(tr("Open this condition"));
    m_name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_name, &QToolButton::clicked, this, [this] { Q_EMIT activated(m_index); });
    m_fx = addButton(QStringLiteral("expression"), tr("Ask an expression as well"), [this] { editExpression(); });
    m_up = addButton(QStringLiteral("arrow-up"), tr("Ask earlier"),
                     [this] { m_context->document->moveCondition(m_index, m_above); });
    m_down = addButton(QStringLiteral("arrow-down"), tr("Ask later"),
                       [this] { m_context->document->moveCondition(m_index, m_below); });
    m_remove = addButton(QStringLiteral("trash"), tr("Remove this condition"), [this] {
        // The selection's own command; this row may be gone when it comes back.
        FlowDocument *document = m_context->document;
        const Selection before = document->selection();
        document->select(Selection{{}, {m_index}});
        document->removeSelection();
        document->select(before);
    });
    top->addWidget(m_name);
    top->addStretch();
    for (QToolButton *button : {m_fx, m_up, m_down, m_remove})
        top->addWidget(button);

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(measure::space2);
    grid->setVerticalSpacing(measure::space1);
    grid->setColumnStretch(2, 1);
    addBranch(grid, 0, true);
    m_sign = new QLabel(this);
    m_sign->setFixedSize(16, 30);
    grid->addWidget(m_sign, 1, 0, Qt::AlignTop);
    grid->addWidget(m_expression, 1, 1, 1, 2);
    addBranch(grid, 2, false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::space1);
    layout->addLayout(top);
    layout->addLayout(grid);
    layout->addWidget(m_issues);
    connect(m_expression, &FieldEditor::edited, this, [this](const QJsonValue &value) {
        m_context->changeCondition(m_index, QStringLiteral("when"),
                                   [&value](Condition *condition) { condition->when = value.toString(); });
    });
    connect(m_issues, &IssueList::fixRequested, this,
            [this](const Issue &issue) { m_context->document->applyFix(issue); });
}

QToolButton *RouteRow::addButton(const QString &icon, const QString &tip, const std::function<void()> &run)
{
    auto *button = new QToolButton(this);
    setKind(button, ButtonKind::Small);
    button->setIcon(m_context->look->icon(icon, Role::Muted));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setObjectName(icon);
    // Queued: most of these change the document, which may remove this row.
    connect(button, &QToolButton::clicked, this, run, Qt::QueuedConnection);
    return button;
}

void RouteRow::addBranch(QGridLayout *grid, int row, bool matched)
{
    auto *sign = new QLabel(this);
    auto *words = new QLabel(this);
    auto *target = new TargetBox(m_context->look, !matched, this);
    target->setAccessibleName(matched ? tr("Target when it matches") : tr("Target when it does not match"));
    m_signs[matched] = sign;
    m_words[matched] = words;
    m_targets[matched] = target;
    sign->setFixedWidth(16);
    words->setFixedWidth(84);
    grid->addWidget(sign, row, 0);
    grid->addWidget(words, row, 1);
    grid->addWidget(target, row, 2);
    connect(target, &TargetBox::targetChosen, this, [this, matched](const QString &to) {
        if (to.isEmpty())
            m_context->changeCondition(m_index, QStringLiteral("target_task_failure"),
                                       [](Condition *condition) { condition->targetTaskFailure.clear(); });
        else if (const Result<void> done = m_context->document->retarget(m_index, matched, to); !done)
            m_targets[matched]->setToolTip(done.error().reason);
    });
}

void RouteRow::showWords(bool matched, const Condition &condition)
{
    const RouteWords words = wordsBesideExpression(condition, matched);
    m_signs[matched]->setPixmap(m_context->look->pixmap(words.icon, words.role, 14, devicePixelRatioF()));
    m_words[matched]->setText(words.text);
    QPalette palette = m_words[matched]->palette();
    palette.setColor(QPalette::WindowText, m_context->look->color(words.role == Role::Idle ? Role::Muted : words.role));
    m_words[matched]->setPalette(palette);
}

void RouteRow::showCondition(qsizetype index, qsizetype above, qsizetype below)
{
    if (index != m_index)
        m_expressionWanted = false;
    m_index = index;
    m_above = above;
    m_below = below;
    const Flow &flow = m_context->document->flow();
    const Condition &condition = flow.conditions[index];
    const bool editable = m_context->canEdit();
    m_name->setText(fontMetrics().elidedText(condition.name, Qt::ElideRight, 150));
    showWords(true, condition);
    showWords(false, condition);
    m_targets[true]->showTarget(flow, condition.targetTaskSuccess);
    m_targets[false]->showTarget(flow, condition.targetTaskFailure);
    const bool dead = branchIsDead(condition, false);
    for (QWidget *part : {static_cast<QWidget *>(m_signs[false]), static_cast<QWidget *>(m_words[false]),
                          static_cast<QWidget *>(m_targets[false])})
        part->setVisible(!dead || !condition.targetTaskFailure.isEmpty());
    m_expression->setValue(condition.when.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(condition.when));
    m_expression->setVisible(!condition.when.isEmpty() || m_expressionWanted || !m_expression->draft().isNull());
    m_sign->setPixmap(m_context->look->pixmap(QStringLiteral("expression"), Role::Expression, 14, devicePixelRatioF()));
    m_sign->setVisible(!m_expression->isHidden());
    m_fx->setVisible(m_expression->isHidden());
    m_up->setEnabled(above >= 0);
    m_down->setEnabled(below >= 0);
    for (QWidget *part : {static_cast<QWidget *>(m_targets[0]), static_cast<QWidget *>(m_targets[1]),
                          static_cast<QWidget *>(m_expression), static_cast<QWidget *>(m_remove)})
        part->setEnabled(editable);
    for (QWidget *part : {m_fx, m_up, m_down})
        part->setEnabled(part->isEnabled() && editable);
    m_issues->setIssues(m_context->issuesAt(Place::Kind::Condition, index), editable);
}

void RouteRow::editExpression()
{
    m_expressionWanted = true;
    m_expression->show();
    m_sign->show();
    m_fx->hide();
    m_expression->setFocus();
    // Typing replaces what a new condition begins with.
    if (auto *edit = qobject_cast<QPlainTextEdit *>(m_expression->control()))
        edit->selectAll();
}

} // namespace flow
