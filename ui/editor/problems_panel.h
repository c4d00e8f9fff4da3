// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "look/look.h"

#include <QWidget>

namespace flow {

/// The document's issues; a click jumps to the place, a button applies the fix. GUI thread.
class ProblemsPanel : public QWidget
{
    Q_OBJECT

public:
    ProblemsPanel(Look *look, QWidget *parent = nullptr);
    ~ProblemsPanel() override;

    void setDocument(FlowDocument *document); ///< may be null

Q_SIGNALS:
    void placeActivated(const flow::Place &place);

private:
    class Private;
    Private *d;
};

} // namespace flow
