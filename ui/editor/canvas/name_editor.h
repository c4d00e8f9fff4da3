// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"

#include <QLineEdit>

namespace flow {

/// Renames a task in place: Enter or leaving the field takes the name, Escape does not; a refused name stays with the
/// reason below it. Deletes itself. GUI thread.
class NameEditor final : public QLineEdit
{
    Q_OBJECT

public:
    NameEditor(FlowDocument *document, const QString &task, QWidget *parent);

Q_SIGNALS:
    void refused(const QString &reason);
    void done();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool take();
    void leave();

    FlowDocument *m_document;
    QString m_task;
    bool m_left = false;
};

} // namespace flow
