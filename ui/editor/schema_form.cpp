// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/schema_form.h"

#include <QGridLayout>

namespace flow {
namespace {

const QString restKey = QStringLiteral("…");

} // namespace

SchemaForm::SchemaForm(const Look *look, QWidget *parent)
    : QWidget(parent)
    , m_look(look)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(measure::space3);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
}

void SchemaForm::setSchema(const QJsonObject &schema, bool takesExpressions)
{
    QList<FieldSpec> specs = fieldSpecs(schema);
    for (FieldSpec &spec : specs)
        spec.takesExpressions = takesExpressions;
    setFields(specs);
    m_restAllowed = schema.value(QStringLiteral("additionalProperties")).toBool(true);
    FieldSpec rest = fieldSpec(restKey, {{QStringLiteral("type"), QStringLiteral("object")}});
    rest.title = m_order.isEmpty() ? tr("Settings (JSON)") : tr("More settings (JSON)");
    rest.placeholder = QStringLiteral("{ }");
    m_rest = FieldEditor::create(rest, m_look, this);
    m_rightFree = false;
    place(m_rest);
    connect(m_rest, &FieldEditor::draftChanged, this, &SchemaForm::draftsChanged);
    connect(m_rest, &FieldEditor::edited, this,
            [this](const QJsonValue &value) { Q_EMIT restEdited(value.toObject()); });
    m_rest->hide();
}

void SchemaForm::setFields(const QList<FieldSpec> &specs)
{
    qDeleteAll(m_order);
    m_order.clear();
    delete m_rest;
    m_rest = nullptr;
    m_row = 0;
    m_rightFree = false;
    for (const FieldSpec &spec : specs) {
        FieldEditor *editor = FieldEditor::create(spec, m_look, this);
        connect(editor, &FieldEditor::edited, this,
                [this, key = spec.key](const QJsonValue &value) { Q_EMIT edited(key, value); });
        connect(editor, &FieldEditor::draftChanged, this, &SchemaForm::draftsChanged);
        m_order.append(editor);
        place(editor);
    }
}

/// Numbers stand in pairs, everything else has a row of its own.
void SchemaForm::place(FieldEditor *editor)
{
    const FieldKind kind = editor->spec().kind;
    const bool half = kind == FieldKind::Integer || kind == FieldKind::Number;
    if (half && m_rightFree) {
        m_grid->addWidget(editor, m_row - 1, 1, Qt::AlignTop);
        m_rightFree = false;
        return;
    }
    m_grid->addWidget(editor, m_row++, 0, 1, half ? 1 : 2, Qt::AlignTop);
    m_rightFree = half;
}

void SchemaForm::setValues(const QJsonObject &values)
{
    QJsonObject rest = values;
    for (FieldEditor *editor : std::as_const(m_order)) {
        editor->setValue(values.value(editor->spec().key));
        rest.remove(editor->spec().key);
    }
    if (!m_rest)
        return;
    m_rest->setValue(rest.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(rest));
    m_rest->setVisible(!rest.isEmpty() || (m_restAllowed && m_order.isEmpty()) || !m_rest->draft().isNull() ||
                       m_rest->isAncestorOf(focusWidget()));
}

FieldEditor *SchemaForm::field(const QString &key) const
{
    for (FieldEditor *editor : m_order) {
        if (editor->spec().key == key)
            return editor;
    }
    return key == restKey ? m_rest : nullptr;
}

UnfinishedFields SchemaForm::drafts() const
{
    UnfinishedFields drafts;
    const auto add = [&](const FieldEditor *editor) {
        if (!editor->draft().isNull())
            drafts.insert(editor->spec().key, {editor->spec().title, editor->draft(), editor->error()});
    };
    for (const FieldEditor *editor : m_order)
        add(editor);
    if (m_rest)
        add(m_rest);
    return drafts;
}

void SchemaForm::setDrafts(const UnfinishedFields &drafts)
{
    for (FieldEditor *editor : std::as_const(m_order))
        editor->setDraft(drafts.value(editor->spec().key).text);
    if (m_rest && drafts.contains(restKey)) {
        m_rest->setDraft(drafts.value(restKey).text);
        m_rest->show();
    }
}

} // namespace flow
