// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/unfinished.h"
#include "editor/field_editor.h"

class QGridLayout;

namespace flow {

/// A form of fields over one JSON object: its known fields one by one, whatever else it has as JSON. GUI thread.
class SchemaForm : public QWidget
{
    Q_OBJECT

public:
    explicit SchemaForm(const Look *look, QWidget *parent = nullptr);

    /// These fields and nothing else: other values are ignored.
    void setFields(const QList<FieldSpec> &specs);
    /// The schema's fields; what else the object has is shown as JSON. `takesExpressions`: as in FieldSpec.
    void setSchema(const QJsonObject &schema, bool takesExpressions = false);
    void setValues(const QJsonObject &values);

    FieldEditor *field(const QString &key) const; ///< null when there is none
    QList<FieldEditor *> fields() const { return m_order; }

    /// What was typed and is no value yet.
    UnfinishedFields drafts() const;
    void setDrafts(const UnfinishedFields &drafts);

Q_SIGNALS:
    void edited(const QString &key, const QJsonValue &value); ///< undefined: remove the field
    /// The fields outside the schema, all at once.
    void restEdited(const QJsonObject &rest);
    void draftsChanged();

private:
    void place(FieldEditor *editor);

    const Look *m_look;
    QGridLayout *m_grid;
    QList<FieldEditor *> m_order;
    FieldEditor *m_rest = nullptr;
    bool m_restAllowed = false;
    int m_row = 0;
    bool m_rightFree = false;
};

} // namespace flow
