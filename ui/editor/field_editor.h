// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/field_spec.h"
#include "look/look.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace flow {

class InlineMessage;

/// One field of a form: label, control, and what is wrong with what was typed. Values are told at each keystroke; what
/// is no value yet stays in the field as a draft. Any text is an expression's value, so that half of one is never
/// another. GUI thread.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    static FieldEditor *create(const FieldSpec &spec, const Look *look, QWidget *parent = nullptr);

    const FieldSpec &spec() const { return m_spec; }
    /// Undefined: absent. Keeps what is being typed when it means this value already.
    void setValue(const QJsonValue &value);
    QJsonValue value() const { return m_value; }

    /// Text that could not become a value; null when there is none.
    QString draft() const { return m_draft; }
    QString error() const { return m_error; } ///< what is wrong with it
    void setDraft(const QString &text);

    /// A problem found elsewhere, such as in validation; what was typed wrongly comes first.
    void setIssue(const QString &text, Role role);
    QString message() const;

    virtual QWidget *control() const = 0;

Q_SIGNALS:
    void edited(const QJsonValue &value); ///< undefined: remove the field
    void draftChanged();

protected:
    FieldEditor(const FieldSpec &spec, const Look *look, QWidget *parent);

    void addControl(QWidget *control, bool withLabel = true);
    /// What subclasses call when the person changed the control.
    void typed(const QString &text);
    void chosen(const QJsonValue &value);
    virtual void display(const QJsonValue &value) = 0;
    virtual void displayText(const QString &text) = 0;

    const Look *look() const { return m_look; }

private:
    void showState();
    void setDraftText(const QString &text, const QString &error);

    FieldSpec m_spec;
    const Look *m_look;
    QJsonValue m_value = QJsonValue::Undefined;
    QString m_draft;
    QString m_error;
    QString m_issue;
    Role m_issueRole = Role::Failure;
    QToolButton *m_reset;
    InlineMessage *m_message;
};

} // namespace flow
