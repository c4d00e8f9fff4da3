// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/task_page.h"

#include "editor/issue_list.h"
#include "editor/page_parts.h"
#include "editor/schema_form.h"
#include "editor/subject_header.h"
#include "editor/task_fields.h"
#include "editor/task_help.h"
#include "editor/task_last_run.h"
#include "editor/task_routing.h"

#include <QComboBox>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <utility>

namespace flow {
namespace {

enum Tab { Settings, Routing, LastRun, Help };

const QString nameKey = QStringLiteral("name");

} // namespace

TaskPage::TaskPage(InspectorContext *context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new SubjectHeader(context->look, this))
    , m_tabs(new QTabWidget(this))
    , m_issues(new IssueList(context->look))
    , m_config(new SchemaForm(context->look))
    , m_failure(new SchemaForm(context->look))
    , m_limit(new SchemaForm(context->look))
    , m_about(new SchemaForm(context->look))
    , m_type(new QComboBox)
    , m_routing(new TaskRouting(context))
    , m_lastRun(new TaskLastRun(context))
    , m_help(new QTextBrowser)
{
    m_failure->setFields(failureFields());
    m_limit->setFields(limitFields());
    m_about->setFields(descriptionFields(500));
    m_help->setFrameShape(QFrame::NoFrame);
    m_help->document()->setDocumentMargin(14);
    m_help->setStyleSheet(QStringLiteral("QTextBrowser { border: none; background: transparent; }"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(newSettingsTab(), tr("Settings"));
    m_tabs->addTab(newScrollPage({m_routing}), tr("Routing"));
    m_tabs->addTab(m_lastRun, tr("Last run"));
    m_tabs->addTab(m_help, tr("Help"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_tabs, 1);

    connect(m_header, &SubjectHeader::nameEdited, this, &TaskPage::rename);
    for (SchemaForm *form : {m_config, m_failure, m_limit, m_about})
        connect(form, &SchemaForm::draftsChanged, this, &TaskPage::keepDrafts);
    connect(m_config, &SchemaForm::edited, this, [this](const QString &key, const QJsonValue &value) {
        m_context->changeTask(m_task, QStringLiteral("config.") + key,
                              [&](Task *task) { applyConfigField(task, key, value); });
    });
    connect(m_config, &SchemaForm::restEdited, this, [this](const QJsonObject &rest) {
        QStringList known;
        for (const FieldEditor *editor : m_config->fields())
            known.append(editor->spec().key);
        m_context->changeTask(m_task, QStringLiteral("config"),
                              [&](Task *task) { applyConfigRest(task, known, rest); });
    });
    for (SchemaForm *form : {m_failure, m_limit, m_about})
        connect(form, &SchemaForm::edited, this, &TaskPage::editTask);
    connect(m_type, &QComboBox::activated, this, [this](int row) {
        const QString type = m_type->itemData(row).toString();
        m_context->changeTask(m_task, QStringLiteral("type"), [&type](Task *task) { task->type = type; });
    });
    connect(m_issues, &IssueList::fixRequested, this,
            [this](const Issue &issue) { m_context->document->applyFix(issue); });
}

QWidget *TaskPage::newSettingsTab()
{
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return newScrollPage({m_issues, m_config, newSection(tr("If it fails")), m_failure, m_limit,
                          newSection(tr("About this task")), newLabelled(tr("Type"), m_type), m_about});
}

void TaskPage::showTask(const QString &name)
{
    if (name != m_task)
        leave();
    const Task *task = m_context->document->flow().task(name);
    if (!task)
        return;
    const bool other = name != m_task;
    m_task = name;
    m_header->setName(name);
    m_header->setReadOnly(!m_context->canEdit());
    showType(*task);
    showSettings(*task);
    if (other) {
        const UnfinishedFields drafts = m_context->document->unfinished({Place::Kind::Task, name});
        for (SchemaForm *form : {m_config, m_failure, m_limit, m_about})
            form->setDrafts(drafts);
        if (drafts.contains(nameKey)) {
            m_header->nameEdit()->setText(drafts.value(nameKey).text);
            m_header->commit();
        }
    }
    keepDrafts(); // another type has other fields
    m_routing->showTask(name);
    showExecution();
}

void TaskPage::showType(const Task &task)
{
    const TaskTypes &types = m_context->document->taskTypes();
    const TaskType type = types.value(task.typeName());
    const bool known = !type.name.isEmpty();
    m_header->setIcon(known ? type.icon : QStringLiteral("warning"),
                      known ? m_context->look->groupRole(type.group) : Role::Warning);
    m_header->setKindText(known ? (type.title.isEmpty() ? type.name : type.title)
                                : tr("“%1” is not installed").arg(task.typeName()));
    if (m_type->count() != types.size()) {
        m_type->clear();
        for (const TaskType &one : types)
            m_type->addItem(one.title.isEmpty() ? one.name : QStringLiteral("%1 (%2)").arg(one.title, one.name),
                            one.name);
    }
    m_type->setCurrentIndex(m_type->findData(task.typeName()));
    m_type->setPlaceholderText(task.typeName());
    if (m_shownType != task.typeName() || m_config->fields().isEmpty()) {
        m_shownType = task.typeName();
        m_config->setSchema(type.configSchema, true);
        m_help->setHtml(known ? taskHelpHtml(type) : tr("This task type is not known to the program."));
    }
}

void TaskPage::showSettings(const Task &task)
{
    const bool editable = m_context->canEdit();
    m_config->setValues(task.config.value_or(QJsonObject()));
    const QJsonObject values = taskFieldValues(task);
    m_failure->setValues(values);
    const bool retries = task.retry && task.retry->maxAttempts > 1;
    for (FieldEditor *editor : m_failure->fields())
        editor->setVisible(retries || editor->spec().key == QStringLiteral("retry.max_attempts") ||
                           !editor->draft().isNull());
    m_limit->setValues(values);
    m_about->setValues(values);
    for (QWidget *part :
         {static_cast<QWidget *>(m_config), static_cast<QWidget *>(m_failure), static_cast<QWidget *>(m_limit),
          static_cast<QWidget *>(m_about), static_cast<QWidget *>(m_type)})
        part->setEnabled(editable);
    m_issues->setIssues(m_context->issuesAt(Place::Kind::Task, m_context->document->flow().taskIndex(task.name)),
                        editable);
}

void TaskPage::showExecution()
{
    const Task *task = m_context->document ? m_context->document->flow().task(m_task) : nullptr;
    if (!task)
        return;
    const TaskTrace *trace = nullptr;
    if (m_context->trace) {
        const auto found = m_context->trace->tasks.constFind(m_task);
        trace = found == m_context->trace->tasks.constEnd() ? nullptr : &*found;
    }
    m_header->setTrace(trace, task->retry ? task->retry->maxAttempts : 1);
    m_lastRun->showTask(m_task);
}

void TaskPage::leave()
{
    if (m_task.isEmpty())
        return;
    QString name = std::exchange(m_task, QString());
    UnfinishedFields drafts = this->drafts();
    const QString typed = m_header->pendingName();
    // Nothing half typed may stay for the task that is shown next.
    clearFields();
    // Last, because renaming shows the new selection at once.
    if (!typed.isNull() && m_context->canEdit() && m_context->document->flow().task(name)) {
        const Result<void> renamed = m_context->document->renameTask(name, typed);
        if (renamed)
            name = typed.trimmed();
        else
            drafts.insert(nameKey, {tr("Name"), typed, asSentence(renamed.error().reason)});
    }
    if (m_context->canEdit())
        m_context->document->setUnfinished({Place::Kind::Task, name}, drafts);
}

UnfinishedFields TaskPage::drafts() const
{
    UnfinishedFields drafts;
    for (const SchemaForm *form : {m_config, m_failure, m_limit, m_about})
        drafts.insert(form->drafts());
    return drafts;
}

/// At once, so that nothing is lost whatever happens next.
void TaskPage::keepDrafts()
{
    if (m_task.isEmpty() || !m_context->canEdit())
        return;
    const Subject subject{Place::Kind::Task, m_task};
    const UnfinishedFields before = m_context->document->unfinished(subject);
    UnfinishedFields now = drafts();
    if (before.contains(nameKey) && !m_header->pendingName().isNull())
        now.insert(nameKey, before.value(nameKey));
    m_context->document->setUnfinished(subject, now);
}

void TaskPage::clearFields()
{
    m_shownType.clear();
    m_config->setFields({});
    m_failure->setFields(failureFields());
    m_limit->setFields(limitFields());
    m_about->setFields(descriptionFields(500));
    m_header->setName({});
}

void TaskPage::rename(const QString &name)
{
    if (m_task.isEmpty() || !m_context->canEdit())
        return;
    const Result<void> done = m_context->document->renameTask(m_task, name);
    if (!done) {
        m_header->setError(asSentence(done.error().reason));
        return;
    }
    // The same task goes on under its new name, and so does what is unfinished in its fields.
    m_context->document->setUnfinished({Place::Kind::Task, m_task}, {});
    m_task = name.trimmed();
    keepDrafts();
    m_header->setName(m_task);
    m_header->setError({});
}

void TaskPage::editTask(const QString &key, const QJsonValue &value)
{
    m_context->changeTask(m_task, key, [&](Task *task) { applyTaskField(task, key, value); });
}

void TaskPage::focusField(const QString &field)
{
    if (field == nameKey) {
        m_header->nameEdit()->setFocus();
        m_header->nameEdit()->selectAll();
        return;
    }
    m_tabs->setCurrentIndex(Settings);
    QString key = field;
    key.remove(QStringLiteral("config."));
    for (SchemaForm *form : {m_config, m_failure, m_limit, m_about}) {
        if (FieldEditor *editor = form->field(key)) {
            editor->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    if (field == QStringLiteral("type"))
        m_type->setFocus();
}

} // namespace flow
