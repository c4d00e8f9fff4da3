// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/condition_page.h"

#include "editor/condition_fields.h"
#include "editor/issue_list.h"
#include "editor/page_parts.h"
#include "editor/route_words.h"
#include "editor/schema_form.h"
#include "editor/subject_header.h"
#include "editor/target_box.h"
#include "editor/task_fields.h"

#include <QVBoxLayout>

#include <utility>

namespace flow {
namespace {

const QString nameKey = QStringLiteral("name");

QString targetText(const QString &target)
{
    return target == endTarget ? ConditionPage::tr("the end") : ConditionPage::tr("“%1”").arg(target);
}

/// The whole condition in one sentence.
QString reading(const Condition &condition)
{
    const RouteWords matched = routeWords(condition, true);
    const QString question = condition.when.isEmpty() ? matched.text : matched.text + u' ' + condition.when;
    QString text = ConditionPage::tr("After “%1”, %2: go to %3")
                       .arg(condition.sourceTask, question, targetText(condition.targetTaskSuccess));
    if (branchIsDead(condition, false))
        return text + u'.';
    const QString otherwise = routeWords(condition, false).text;
    return text + (condition.targetTaskFailure.isEmpty()
                       ? ConditionPage::tr("; %1: ask the next condition.").arg(otherwise)
                       : ConditionPage::tr("; %1: go to %2.").arg(otherwise, targetText(condition.targetTaskFailure)));
}

} // namespace

ConditionPage::ConditionPage(InspectorContext *context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new SubjectHeader(context->look, this))
    , m_issues(new IssueList(context->look))
    , m_question(new SchemaForm(context->look))
    , m_matched(new TargetBox(context->look, false))
    , m_otherwise(new TargetBox(context->look, true))
    , m_reading(new QLabel)
    , m_about(new SchemaForm(context->look))
{
    m_question->setFields(conditionFields());
    m_about->setFields(descriptionFields(500));
    m_matched->setObjectName(QStringLiteral("matched"));
    m_otherwise->setObjectName(QStringLiteral("otherwise"));
    setTone(m_reading, Tone::Muted);
    m_reading->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(newLine(this));
    layout->addWidget(newScrollPage({m_issues, m_question, newLabelled(tr("Then go to"), m_matched),
                                     newLabelled(tr("Otherwise"), m_otherwise), m_reading,
                                     newSection(tr("About this condition")), m_about}),
                      1);

    connect(m_header, &SubjectHeader::nameEdited, this, &ConditionPage::rename);
    for (SchemaForm *form : {m_question, m_about}) {
        connect(form, &SchemaForm::draftsChanged, this, &ConditionPage::keepDrafts);
        connect(form, &SchemaForm::edited, this, [this](const QString &key, const QJsonValue &value) {
            m_context->changeCondition(m_index, key,
                                       [&](Condition *condition) { applyConditionField(condition, key, value); });
        });
    }
    connect(m_matched, &TargetBox::targetChosen, this, [this](const QString &target) { retarget(true, target); });
    connect(m_otherwise, &TargetBox::targetChosen, this, [this](const QString &target) { retarget(false, target); });
    connect(m_issues, &IssueList::fixRequested, this,
            [this](const Issue &issue) { m_context->document->applyFix(issue); });
}

/// At once, so that nothing is lost whatever happens next.
void ConditionPage::keepDrafts()
{
    if (m_index < 0 || !m_context->canEdit())
        return;
    UnfinishedFields drafts = m_question->drafts();
    drafts.insert(m_about->drafts());
    m_context->document->setUnfinished({Place::Kind::Condition, m_name}, drafts);
}

void ConditionPage::showCondition(qsizetype index)
{
    const Flow &flow = m_context->document->flow();
    if (index != m_index)
        leave();
    if (index < 0 || index >= flow.conditions.size())
        return;
    const Condition &condition = flow.conditions[index];
    const bool other = index != m_index;
    const bool editable = m_context->canEdit();
    m_index = index;
    m_name = condition.name;
    const RouteWords words = routeWords(condition, true);
    m_header->setIcon(words.icon, words.role);
    m_header->setName(condition.name);
    m_header->setKindText(tr("Condition after “%1”").arg(condition.sourceTask));
    m_header->setReadOnly(!editable);
    const QJsonObject values = conditionFieldValues(condition);
    m_question->setValues(values);
    m_about->setValues(values);
    m_matched->showTarget(flow, condition.targetTaskSuccess);
    m_otherwise->showTarget(flow, condition.targetTaskFailure);
    m_otherwise->parentWidget()->setVisible(!branchIsDead(condition, false) || !condition.targetTaskFailure.isEmpty());
    m_reading->setText(reading(condition));
    m_issues->setIssues(m_context->issuesAt(Place::Kind::Condition, index), editable);
    for (QWidget *part : {static_cast<QWidget *>(m_question), static_cast<QWidget *>(m_about),
                          static_cast<QWidget *>(m_matched), static_cast<QWidget *>(m_otherwise)})
        part->setEnabled(editable);
    if (other) {
        const UnfinishedFields drafts = m_context->document->unfinished({Place::Kind::Condition, m_name});
        m_question->setDrafts(drafts);
        m_about->setDrafts(drafts);
    }
}

void ConditionPage::leave()
{
    if (m_index < 0)
        return;
    const qsizetype index = std::exchange(m_index, -1);
    const QString typed = m_header->pendingName();
    const QString before = std::exchange(m_name, QString());
    m_question->setFields(conditionFields());
    m_about->setFields(descriptionFields(500));
    m_header->setName({});
    const bool same = m_context->document && index < m_context->document->flow().conditions.size() &&
                      m_context->document->flow().conditions[index].name == before;
    if (same && !typed.trimmed().isEmpty() && typed.size() <= 100)
        m_context->changeCondition(index, nameKey, [&typed](Condition *condition) { condition->name = typed; });
}

void ConditionPage::rename(const QString &name)
{
    if (name.trimmed().isEmpty() || name.size() > 100) {
        m_header->setError(tr("A name has 1 to 100 characters."));
        return;
    }
    m_header->setError({});
    m_context->changeCondition(m_index, nameKey, [&name](Condition *condition) { condition->name = name; });
}

void ConditionPage::retarget(bool matched, const QString &target)
{
    const QString field = matched ? QStringLiteral("target_task_success") : QStringLiteral("target_task_failure");
    m_context->changeCondition(m_index, field, [&](Condition *condition) {
        (matched ? condition->targetTaskSuccess : condition->targetTaskFailure) = target;
    });
}

void ConditionPage::focusField(const QString &field)
{
    if (field == nameKey)
        m_header->nameEdit()->setFocus();
    else if (field == QStringLiteral("target_task_success"))
        m_matched->setFocus();
    else if (field == QStringLiteral("target_task_failure"))
        m_otherwise->setFocus();
    else if (FieldEditor *editor = m_question->field(field) ? m_question->field(field) : m_about->field(field))
        editor->setFocus(Qt::OtherFocusReason);
}

} // namespace flow
