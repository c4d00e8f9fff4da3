// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/flow_document.h"

#include "document/change_file_command.h"
#include "document/follow_selection.h"
#include "model/validate.h"

namespace flow {

FlowDocument::FlowDocument(FlowFile file, DocumentHome home, const TaskTypes *types, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_home(std::move(home))
    , m_types(types)
{
    connect(&m_undo, &QUndoStack::cleanChanged, this, &FlowDocument::tellModified);
}

FlowDocument::~FlowDocument()
{
    // The stack goes after this; nobody may hear of it any more.
    m_undo.disconnect(this);
}

bool FlowDocument::isModified() const
{
    return !m_undo.isClean() || !unfinishedIssues().isEmpty();
}

void FlowDocument::tellModified()
{
    const bool modified = isModified();
    if (std::exchange(m_toldModified, modified) != modified)
        Q_EMIT modifiedChanged(modified);
}

void FlowDocument::setUnfinished(const Subject &subject, const UnfinishedFields &fields)
{
    if (m_readOnly || m_unfinished.value(subject) == fields)
        return;
    if (fields.isEmpty())
        m_unfinished.remove(subject);
    else
        m_unfinished.insert(subject, fields);
    m_issues.reset();
    Q_EMIT issuesChanged();
    tellModified();
}

void FlowDocument::setLibrary(const LibraryFlows &library)
{
    if (m_library == library)
        return;
    m_library = library;
    if (flowsOfLibrary(m_file.flow, *m_types).isEmpty())
        return; // whatever is in it, the problems are the same
    m_issues.reset();
    Q_EMIT issuesChanged();
}

void FlowDocument::setHome(const DocumentHome &home)
{
    const bool moved = !(m_home == home);
    m_home = home;
    endMerging();
    m_undo.setClean();
    if (moved)
        Q_EMIT homeChanged();
}

void FlowDocument::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
}

QByteArray FlowDocument::bytes() const
{
    return writeFlowFile(m_file);
}

const QList<Issue> &FlowDocument::issues() const
{
    if (!m_issues)
        m_issues = unfinishedIssues() + validate(m_file.flow, *m_types, m_library ? &*m_library : nullptr);
    return *m_issues;
}

void FlowDocument::change(FlowFile after, const QString &text, const QString &mergeKey)
{
    if (m_readOnly || after == m_file)
        return;
    auto command = std::make_unique<ChangeFileCommand>(this, std::move(after), text, mergeKey);
    m_undo.push(command.release());
}

void FlowDocument::replaceFile(const FlowFile &file, const QString &text)
{
    change(file, text);
}

void FlowDocument::setFile(const FlowFile &file)
{
    const bool flowChanged = !(file.flow == m_file.flow);
    const Flow before = std::exchange(m_file, file).flow;
    bool selectionMoved = false;
    if (flowChanged) {
        m_issues.reset();
        Selection kept = followSelection(m_selection, before, m_file.flow);
        selectionMoved = !(kept == m_selection);
        m_selection = std::move(kept);
    }
    // Who hears of the new content already finds the selection that belongs to it.
    Q_EMIT contentChanged();
    if (flowChanged)
        Q_EMIT issuesChanged();
    if (selectionMoved)
        Q_EMIT selectionChanged();
    tellModified(); // the task of an unfinished field may be gone, or back
}

void FlowDocument::select(const Selection &selection)
{
    if (m_selection == selection)
        return;
    m_selection = selection;
    endMerging();
    Q_EMIT selectionChanged();
}

} // namespace flow
