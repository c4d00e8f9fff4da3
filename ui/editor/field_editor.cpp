// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/field_editor.h"

#include "look/small_widgets.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace flow {

FieldEditor::FieldEditor(const FieldSpec &spec, const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_spec(spec)
    , m_look(look)
    , m_reset(new QToolButton(this))
    , m_message(new InlineMessage(look, this))
{
    setObjectName(QStringLiteral("field.") + spec.key);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    setKind(m_reset, ButtonKind::Tiny);
    m_reset->setObjectName(QStringLiteral("reset"));
    m_reset->setIcon(look->icon(QStringLiteral("reset"), Role::Muted));
    m_reset->setIconSize(QSize(12, 12));
    m_reset->setFixedSize(18, 18);
    m_reset->setFocusPolicy(Qt::NoFocus);
    const QString standard = fieldText(spec, spec.defaultValue());
    m_reset->setToolTip(standard.isEmpty() ? tr("Remove this setting") : tr("Back to the default: %1").arg(standard));
    m_reset->setAccessibleName(m_reset->toolTip());
    m_reset->hide();
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_value = QJsonValue::Undefined;
        setDraftText({}, {});
        display(m_value);
        showState();
        Q_EMIT edited(m_value);
    });
}

void FieldEditor::addControl(QWidget *control, bool withLabel)
{
    auto *layout = static_cast<QVBoxLayout *>(this->layout());
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(measure::space1);
    if (withLabel && !m_spec.title.isEmpty()) {
        auto *label = new QLabel(m_spec.required ? tr("%1 *").arg(m_spec.title) : m_spec.title, this);
        setTone(label, Tone::Muted);
        label->setBuddy(control);
        label->setToolTip(m_spec.description);
        label->setFixedHeight(18);
        top->addWidget(label, 1);
        top->addWidget(m_reset);
        layout->addLayout(top);
        layout->addWidget(control);
    } else {
        top->addWidget(control, 1);
        top->addWidget(m_reset);
        layout->addLayout(top);
    }
    layout->addWidget(m_message);
    control->setToolTip(m_spec.description);
    control->setAccessibleName(m_spec.title);
    control->setAccessibleDescription(m_spec.description);
    setFocusProxy(control);
}

void FieldEditor::setValue(const QJsonValue &value)
{
    const bool same = value == m_value && value.isUndefined() == m_value.isUndefined();
    if (same && !m_draft.isNull())
        return;
    if (!same || m_draft.isNull()) {
        m_value = value;
        const bool isExpression = m_spec.kind == FieldKind::Expression && value.isString();
        const Result<QJsonValue> checked =
            isExpression ? fieldValue(m_spec, value.toString()) : Result<QJsonValue>(value);
        setDraftText({}, checked ? QString() : asSentence(checked.error().reason));
        display(value);
    }
    showState();
}

void FieldEditor::setDraft(const QString &text)
{
    if (text.isNull())
        return;
    displayText(text);
    const Result<QJsonValue> result = fieldValue(m_spec, text);
    if (!result)
        setDraftText(text, asSentence(result.error().reason));
    showState();
}

void FieldEditor::setDraftText(const QString &text, const QString &error)
{
    const bool changed = m_draft != text || m_draft.isNull() != text.isNull();
    m_draft = text;
    m_error = error;
    if (changed)
        Q_EMIT draftChanged();
}

void FieldEditor::setIssue(const QString &text, Role role)
{
    m_issue = text;
    m_issueRole = role;
    showState();
}

QString FieldEditor::message() const
{
    return m_message->text();
}

void FieldEditor::typed(const QString &text)
{
    const Result<QJsonValue> result = fieldValue(m_spec, text);
    const QString error = result ? QString() : asSentence(result.error().reason);
    if (!result && m_spec.kind != FieldKind::Expression) {
        setDraftText(text.isNull() ? QStringLiteral("") : text, error);
        showState();
        return;
    }
    setDraftText({}, error);
    chosen(result ? *result : QJsonValue(text.trimmed()));
}

void FieldEditor::chosen(const QJsonValue &value)
{
    const bool same = value == m_value && value.isUndefined() == m_value.isUndefined();
    m_value = value;
    showState();
    if (!same)
        Q_EMIT edited(value);
}

void FieldEditor::showState()
{
    const bool wrong = !m_error.isEmpty();
    setWrong(control(), wrong || (!m_issue.isEmpty() && m_issueRole == Role::Failure));
    m_message->set(wrong ? m_error : m_issue, wrong ? Role::Failure : m_issueRole);
    m_reset->setVisible(!m_value.isUndefined() && !m_spec.defaultValue().isUndefined() && !m_spec.required);
}

} // namespace flow
