// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_file.h"

#include <QUndoCommand>

namespace flow {

class FlowDocument;

/// One undo step: the document's content before and after. Both share what did not change, so a step costs little and
/// undo is exact whatever the edit did.
class ChangeFileCommand final : public QUndoCommand
{
public:
    /// Steps with the same non-empty `mergeKey` that follow each other without FlowDocument::endMerging() in between
    /// become one: a drag, or typing in one field.
    ChangeFileCommand(FlowDocument *document, FlowFile after, const QString &text, const QString &mergeKey);

    void undo() override;
    void redo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override;

private:
    FlowDocument *m_document;
    FlowFile m_before;
    FlowFile m_after;
    QString m_mergeKey;
    quint64 m_mergeSession;
};

} // namespace flow
