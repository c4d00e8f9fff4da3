// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/flow_page.h"

#include "editor/flow_limit_fields.h"
#include "editor/issue_list.h"
#include "editor/page_parts.h"
#include "editor/schema_form.h"
#include "editor/subject_header.h"
#include "look/format.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace flow {
namespace {

const QString nameKey = QStringLiteral("name");
const QString idKey = QStringLiteral("id");
const QString descriptionKey = QStringLiteral("description");
const QString inputsKey = QStringLiteral("inputs");
const QString failureKey = QStringLiteral("failure_task");
const QString finalKey = QStringLiteral("final_task");
const QString startKey = QStringLiteral("start_task");

QJsonObject textSchema(const QString &title, int least, int most)
{
    QJsonObject schema{{QStringLiteral("type"), QStringLiteral("string")},
                       {QStringLiteral("title"), title},
                       {QStringLiteral("maxLength"), most}};
    if (least > 0)
        schema.insert(QStringLiteral("minLength"), least);
    return schema;
}

QList<FieldSpec> aboutFields()
{
    FieldSpec id = fieldSpec(idKey, textSchema(FlowPage::tr("Id"), 1, 100), true);
    id.description =
        FlowPage::tr("How REST and the command line name this flow. Saving under another id makes another flow.");
    return {fieldSpec(descriptionKey, textSchema(FlowPage::tr("Description"), 0, 1000)), id};
}

QList<FieldSpec> inputFields()
{
    FieldSpec inputs = fieldSpec(inputsKey, {{QStringLiteral("type"), QStringLiteral("object")},
                                             {QStringLiteral("title"), FlowPage::tr("Inputs (JSON Schema)")}});
    inputs.description = FlowPage::tr("What a run may be given. “Run with input” builds its form from this.");
    inputs.placeholder = FlowPage::tr("{ \"properties\": { \"day\": { \"type\": \"string\" } } }");
    return {inputs};
}

} // namespace

FlowPage::FlowPage(InspectorContext *context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new SubjectHeader(context->look, this))
    , m_issues(new IssueList(context->look))
    , m_about(new SchemaForm(context->look))
    , m_inputs(new SchemaForm(context->look))
    , m_limits(new SchemaForm(context->look))
    , m_start(new QComboBox)
    , m_failure(new QComboBox)
    , m_final(new QComboBox)
{
    m_header->setIcon(QStringLiteral("flow"), Role::Accent);
    m_about->setFields(aboutFields());
    m_inputs->setFields(inputFields());
    m_limits->setFields(flowLimitFields());
    m_start->setObjectName(startKey);
    m_failure->setObjectName(failureKey);
    m_final->setObjectName(finalKey);
    for (QComboBox *box : {m_failure, m_final})
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_failure->setToolTip(tr("Runs, and what follows it, when the flow would end as failed"));
    m_final->setToolTip(tr("Runs, and what follows it, before the flow ends in any way, also when it is stopped"));
    m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->setPlaceholderText(tr("Choose the first task…"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(newLine(this));
    layout->addWidget(
        newScrollPage({m_issues, newLabelled(tr("Starts with"), m_start), m_about, newSection(tr("Input")), m_inputs,
                       newSection(tr("How it ends")), newLabelled(tr("When it fails"), m_failure),
                       newLabelled(tr("At the end, however it went"), m_final), newSection(tr("How many at once")),
                       m_limits}),
        1);

    connect(m_header, &SubjectHeader::nameEdited, this, [this](const QString &name) {
        const bool good = !name.trimmed().isEmpty() && name.size() <= 255;
        m_header->setError(good ? QString() : tr("A flow's name has 1 to 255 characters."));
        if (good)
            editFlow(nameKey, name);
    });
    for (SchemaForm *form : {m_about, m_inputs, m_limits}) {
        connect(form, &SchemaForm::draftsChanged, this, &FlowPage::keepDrafts);
        connect(form, &SchemaForm::edited, this, &FlowPage::editFlow);
    }
    connect(m_start, &QComboBox::activated, this, [this](int row) {
        if (m_context->canEdit())
            m_context->document->setStartTask(m_start->itemData(row).toString());
    });
    connect(m_failure, &QComboBox::activated, this,
            [this](int row) { setHandler(&Flow::failureTask, m_failure->itemData(row).toString(), failureKey); });
    connect(m_final, &QComboBox::activated, this,
            [this](int row) { setHandler(&Flow::finalTask, m_final->itemData(row).toString(), finalKey); });
    connect(m_issues, &IssueList::fixRequested, this,
            [this](const Issue &issue) { m_context->document->applyFix(issue); });
}

void FlowPage::showFlow()
{
    const Flow &flow = m_context->document->flow();
    const bool editable = m_context->canEdit();
    m_header->setName(flow.name);
    m_header->setReadOnly(!editable);
    const QString tasks = flow.tasks.size() == 1 ? tr("1 task") : tr("%1 tasks").arg(formatNumber(flow.tasks.size()));
    const QString conditions =
        flow.conditions.size() == 1 ? tr("1 condition") : tr("%1 conditions").arg(formatNumber(flow.conditions.size()));
    m_header->setKindText(tr("Flow · %1, %2").arg(tasks, conditions));
    QJsonObject values{{idKey, flow.id}};
    if (!flow.description.isNull())
        values.insert(descriptionKey, flow.description);
    if (flow.inputs)
        values.insert(inputsKey, *flow.inputs);
    m_about->setValues(values);
    m_inputs->setValues(values.contains(inputsKey) ? QJsonObject{{inputsKey, values.value(inputsKey)}} : QJsonObject());
    m_limits->setValues(flowLimitValues(flow));
    showStart();
    showHandler(m_failure, flow.failureTask);
    showHandler(m_final, flow.finalTask);
    for (QWidget *part : QList<QWidget *>{m_about, m_inputs, m_limits, m_start, m_failure, m_final})
        part->setEnabled(editable);
    m_issues->setIssues(m_context->issuesAt(Place::Kind::Flow, -1), editable);
    if (!m_shown) {
        m_shown = true;
        const UnfinishedFields drafts = m_context->document->unfinished({});
        m_about->setDrafts(drafts);
        m_inputs->setDrafts(drafts);
        m_limits->setDrafts(drafts);
    }
}

void FlowPage::showStart()
{
    const Flow &flow = m_context->document->flow();
    m_start->clear();
    for (const Task &task : flow.tasks)
        m_start->addItem(task.name, task.name);
    m_start->setCurrentIndex(m_start->findData(flow.startTask));
    m_start->setToolTip(toolTipOf(m_start->currentText()));
    setWrong(m_start, m_start->currentIndex() < 0 && !flow.tasks.isEmpty());
}

void FlowPage::showHandler(QComboBox *box, const QString &task)
{
    box->clear();
    box->addItem(tr("Nothing more"), QString());
    for (const Task &known : m_context->document->flow().tasks)
        box->addItem(known.name, known.name);
    box->setCurrentIndex(task.isEmpty() ? 0 : box->findData(task));
    setWrong(box, box->currentIndex() < 0);
}

void FlowPage::setHandler(QString Flow::*handler, const QString &task, const QString &key)
{
    if (!m_context->canEdit())
        return;
    Flow flow = m_context->document->flow();
    if (flow.*handler == task)
        return;
    flow.*handler = task;
    m_context->document->changeFlow(flow, key);
}

/// At once, so that nothing is lost whatever happens next.
void FlowPage::keepDrafts()
{
    if (!m_shown || !m_context->canEdit())
        return;
    UnfinishedFields drafts = m_about->drafts();
    drafts.insert(m_inputs->drafts());
    drafts.insert(m_limits->drafts());
    m_context->document->setUnfinished({}, drafts);
}

void FlowPage::leave()
{
    if (!m_shown)
        return;
    m_shown = false;
    if (m_context->canEdit())
        m_header->commit();
    m_about->setFields(aboutFields());
    m_inputs->setFields(inputFields());
    m_limits->setFields(flowLimitFields());
    m_header->setName({});
}

void FlowPage::editFlow(const QString &key, const QJsonValue &value)
{
    if (!m_context->canEdit())
        return;
    Flow flow = m_context->document->flow();
    if (key == nameKey)
        flow.name = value.toString();
    else if (key == idKey)
        flow.id = value.toString();
    else if (key == descriptionKey)
        flow.description = value.isString() ? value.toString() : QString();
    else if (key == inputsKey)
        flow.inputs = value.isObject() ? std::optional(value.toObject()) : std::nullopt;
    else
        applyFlowLimit(&flow, key, value);
    if (flow != m_context->document->flow())
        m_context->document->changeFlow(flow, key);
}

void FlowPage::focusField(const QString &field)
{
    if (field == nameKey) {
        m_header->nameEdit()->setFocus();
        m_header->nameEdit()->selectAll();
    } else if (field == startKey) {
        m_start->setFocus();
    } else if (field == failureKey) {
        m_failure->setFocus();
    } else if (field == finalKey) {
        m_final->setFocus();
    } else if (FieldEditor *limit = m_limits->field(field)) {
        limit->setFocus(Qt::OtherFocusReason);
    } else if (FieldEditor *editor = m_about->field(field) ? m_about->field(field) : m_inputs->field(field)) {
        editor->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace flow
