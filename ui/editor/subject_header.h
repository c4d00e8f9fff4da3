// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/elided_label.h"
#include "look/small_widgets.h"
#include "look/title_edit.h"
#include "model/execution_trace.h"

namespace flow {

/// Head of an inspector page: icon, name to edit in place, what it is, and how it is doing. GUI thread.
class SubjectHeader : public QWidget
{
    Q_OBJECT

public:
    explicit SubjectHeader(const Look *look, QWidget *parent = nullptr);

    void setIcon(const QString &icon, Role role) { m_tile->setIcon(icon, role); }
    /// What is being typed stays as long as the name below it does not change.
    void setName(const QString &name);
    void setKindText(const QString &text);
    void setTrace(const TaskTrace *trace, int attempts); ///< null: no state
    void setError(const QString &text) { m_error->set(text); }
    void setReadOnly(bool readOnly) { m_edit->setReadOnly(readOnly); }

    /// A name that was typed and not yet told; null when there is none.
    QString pendingName() const { return m_edit->text() == m_name ? QString() : m_edit->text(); }
    /// Tells a name that was typed and not yet told.
    void commit();
    TitleEdit *nameEdit() const { return m_edit; }

Q_SIGNALS:
    void nameEdited(const QString &name); ///< on Enter or when the field is left

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    IconTile *m_tile;
    TitleEdit *m_edit;
    ElidedLabel *m_kind;
    Pill *m_pill;
    InlineMessage *m_error;
    QString m_name;
};

} // namespace flow
