// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/clipboard_edits.h"

#include "document/edit_names.h"
#include "document/flow_document.h"
#include "model/auto_layout.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <cmath>

namespace flow {

namespace {

Error noTasks(const QString &reason = FlowDocument::tr("The clipboard holds no tasks."))
{
    return {.code = ErrorCode::InvalidFlow, .reason = reason};
}

/// What was copied here, or a flow that another program copied as text; every task has a place.
Result<FlowFile> tasksOnClipboard()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (!data || !(data->hasFormat(flowMime) || data->hasText()))
        return noTasks();
    const QByteArray text = data->hasFormat(flowMime) ? data->data(flowMime) : data->text().toUtf8();
    const FlowFileReading reading = readFlowFile(text, FlowDocument::tr("The clipboard"));
    if (!reading.ok())
        return noTasks(FlowDocument::tr("The clipboard holds no tasks: %1").arg(reading.errors.first().text()));
    if (reading.file.flow.tasks.isEmpty())
        return noTasks();
    QStringList names;
    for (const Task &task : reading.file.flow.tasks)
        names << task.name;
    FlowFile part = excerptOf(reading.file, names);
    part.layout = completeLayout(part.flow, part.layout);
    return part;
}

} // namespace

FlowFile excerptOf(const FlowFile &file, const QStringList &tasks)
{
    const QSet<QString> wanted(tasks.begin(), tasks.end());
    FlowFile part;
    part.flow.id = file.flow.id;
    part.flow.name = file.flow.name;
    for (const Task &task : file.flow.tasks) {
        if (!wanted.contains(task.name))
            continue;
        part.flow.tasks << task;
        if (file.layout.tasks.contains(task.name))
            part.layout.tasks.insert(task.name, file.layout.tasks.value(task.name));
    }
    if (!part.flow.tasks.isEmpty())
        part.flow.startTask = part.flow.tasks.first().name;
    const auto target = [&](const QString &name) { return name.isEmpty() || wanted.contains(name) ? name : endTarget; };
    for (Condition condition : file.flow.conditions) {
        if (!wanted.contains(condition.sourceTask))
            continue;
        condition.targetTaskSuccess = target(condition.targetTaskSuccess);
        condition.targetTaskFailure = target(condition.targetTaskFailure);
        part.flow.conditions << condition;
    }
    return part;
}

QStringList insertExcerpt(FlowFile &file, FlowFile part, QPointF offset)
{
    QMap<QString, QString> names;
    QStringList inserted;
    for (Task task : part.flow.tasks) {
        const QString old = task.name;
        task.name = freeTaskName(file.flow, old);
        if (task.name != old && task.type.isEmpty())
            task.type = old;
        names.insert(old, task.name);
        inserted << task.name;
        file.flow.tasks << task;
        file.layout.tasks.insert(task.name, part.layout.tasks.value(old) + offset);
    }
    for (Condition condition : part.flow.conditions) {
        condition.name = freeConditionName(file.flow, condition.name);
        condition.sourceTask = names.value(condition.sourceTask, condition.sourceTask);
        condition.targetTaskSuccess = names.value(condition.targetTaskSuccess, condition.targetTaskSuccess);
        condition.targetTaskFailure = names.value(condition.targetTaskFailure, condition.targetTaskFailure);
        file.flow.conditions << condition;
    }
    if (file.flow.startTask.isEmpty() && !inserted.isEmpty())
        file.flow.startTask = inserted.first();
    return inserted;
}

void FlowDocument::copySelection() const
{
    if (m_selection.tasks.isEmpty())
        return;
    const QByteArray text = writeFlowFile(excerptOf(m_file, m_selection.tasks));
    auto data = std::make_unique<QMimeData>();
    data->setData(flowMime, text);
    data->setText(QString::fromUtf8(text));
    QGuiApplication::clipboard()->setMimeData(data.release());
}

Result<void> FlowDocument::paste(QPointF at)
{
    if (m_readOnly)
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = tr("this is a past run; open the flow itself to change it")};
    const Result<FlowFile> part = tasksOnClipboard();
    if (!part)
        return part.error();

    QRectF bounds;
    for (const QPointF &place : part->layout.tasks)
        bounds |= QRectF(place, QSizeF(1, 1));
    const double grid = 20;
    const QPointF offset = at - bounds.topLeft();
    FlowFile after = m_file;
    const QStringList names =
        insertExcerpt(after, *part, {std::round(offset.x() / grid) * grid, std::round(offset.y() / grid) * grid});
    change(after, tr("Paste %n task(s)", nullptr, int(names.size())));
    select({names, {}});
    return {};
}

void FlowDocument::duplicateSelection()
{
    if (m_readOnly || m_selection.tasks.isEmpty())
        return;
    FlowFile after = m_file;
    const QStringList names = insertExcerpt(after, excerptOf(m_file, m_selection.tasks), {40, 40});
    change(after, tr("Duplicate %n task(s)", nullptr, int(names.size())));
    select({names, {}});
}

} // namespace flow
