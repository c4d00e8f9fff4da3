// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/change_file_command.h"

#include "document/flow_document.h"

namespace flow {

ChangeFileCommand::ChangeFileCommand(FlowDocument *document, FlowFile after, const QString &text,
                                     const QString &mergeKey)
    : QUndoCommand(text)
    , m_document(document)
    , m_before(document->file())
    , m_after(std::move(after))
    , m_mergeKey(mergeKey)
    , m_mergeSession(document->mergeSession())
{
}

void ChangeFileCommand::undo()
{
    m_document->endMerging();
    m_document->setFile(m_before);
}

void ChangeFileCommand::redo()
{
    m_document->setFile(m_after);
}

bool ChangeFileCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const ChangeFileCommand *>(other);
    if (m_mergeKey.isEmpty() || next->m_mergeKey != m_mergeKey || next->m_mergeSession != m_mergeSession)
        return false;
    m_after = next->m_after;
    setObsolete(m_after == m_before);
    return true;
}

} // namespace flow
