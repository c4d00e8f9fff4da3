// SPDX-License-Identifier: GPL-3.0-or-later
// One control for each kind of field.
#include "editor/field_editor.h"
#include "editor/growing_edit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>

namespace flow {
namespace {

/// A line: text and numbers, with the unit at its end.
class LineField : public FieldEditor
{
public:
    LineField(const FieldSpec &spec, const Look *look, QWidget *parent)
        : FieldEditor(spec, look, parent)
        , m_line(new QLineEdit)
    {
        m_line->setPlaceholderText(spec.placeholder);
        if (!spec.unit.isEmpty()) {
            auto *unit = new QLabel(spec.unit, m_line);
            unit->setProperty("tone", QStringLiteral("muted"));
            unit->setAttribute(Qt::WA_TransparentForMouseEvents);
            const int room = QFontMetrics(look->font(Look::Text::Small)).horizontalAdvance(spec.unit) + 6;
            m_line->setTextMargins(0, 0, room, 0);
            auto *inside = new QHBoxLayout(m_line);
            inside->setContentsMargins(0, 0, 9, 0);
            inside->addWidget(unit, 0, Qt::AlignRight | Qt::AlignVCenter);
        }
        addControl(m_line);
        connect(m_line, &QLineEdit::textEdited, this, [this](const QString &text) { typed(text); });
    }

    QWidget *control() const override { return m_line; }

protected:
    void display(const QJsonValue &value) override
    {
        // Keeps the cursor, and "1." while 1 is what it means.
        const Result<QJsonValue> now = fieldValue(spec(), m_line->text());
        if (!now || *now != value || now->isUndefined() != value.isUndefined())
            m_line->setText(fieldText(spec(), value));
    }
    void displayText(const QString &text) override { m_line->setText(text); }

private:
    QLineEdit *m_line;
};

QString emptyJson(const QString &type)
{
    return type == u"array" ? QStringLiteral("[ ]") : type == u"object" ? QStringLiteral("{ }") : QString();
}

/// As many lines as it takes: long text, lists of words, JSON, expressions.
class BlockField : public FieldEditor
{
public:
    BlockField(const FieldSpec &spec, const Look *look, QWidget *parent)
        : FieldEditor(spec, look, parent)
        , m_edit(new GrowingEdit)
    {
        const bool expression = spec.kind == FieldKind::Expression;
        if (expression || spec.kind == FieldKind::Json)
            m_edit->setFont(look->font(Look::Text::Code));
        m_edit->setLines(expression ? 1 : spec.kind == FieldKind::Json ? 3 : 2, 14);
        QString hint = spec.placeholder;
        if (hint.isEmpty() && spec.kind == FieldKind::Lines)
            hint = QCoreApplication::translate("FieldEditor", "One per line");
        else if (hint.isEmpty() && spec.kind == FieldKind::Json)
            hint = emptyJson(spec.schema.value(QStringLiteral("type")).toString());
        m_edit->setPlaceholderText(hint);
        addControl(m_edit);
        connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
            if (!m_showing)
                typed(m_edit->toPlainText());
        });
    }

    QWidget *control() const override { return m_edit; }

protected:
    void display(const QJsonValue &value) override
    {
        const QString text = m_edit->toPlainText();
        if (spec().kind == FieldKind::Expression && text.trimmed() == value.toString())
            return; // also one that is wrong: the cursor stays
        const Result<QJsonValue> now = fieldValue(spec(), text);
        if (!now || *now != value || now->isUndefined() != value.isUndefined())
            displayText(fieldText(spec(), value));
    }
    void displayText(const QString &text) override
    {
        m_showing = true;
        m_edit->setPlainText(text);
        m_showing = false;
    }

private:
    GrowingEdit *m_edit;
    bool m_showing = false;
};

class CheckField : public FieldEditor
{
public:
    CheckField(const FieldSpec &spec, const Look *look, QWidget *parent)
        : FieldEditor(spec, look, parent)
        , m_box(new QCheckBox(spec.title))
    {
        addControl(m_box, false);
        connect(m_box, &QCheckBox::clicked, this, [this](bool on) { chosen(on); });
    }

    QWidget *control() const override { return m_box; }

protected:
    void display(const QJsonValue &value) override
    {
        m_box->setChecked((value.isUndefined() ? spec().defaultValue() : value).toBool());
    }
    void displayText(const QString &) override {}

private:
    QCheckBox *m_box;
};

class ChoiceField : public FieldEditor
{
public:
    ChoiceField(const FieldSpec &spec, const Look *look, QWidget *parent)
        : FieldEditor(spec, look, parent)
        , m_box(new QComboBox)
    {
        const QJsonArray choices = spec.choices();
        for (const QJsonValue &choice : choices)
            m_box->addItem(fieldText(spec, choice), choice.toVariant());
        m_box->setPlaceholderText(QCoreApplication::translate("FieldEditor", "Choose…"));
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(6);
        m_box->installEventFilter(this);
        addControl(m_box);
        connect(m_box, &QComboBox::activated, this, [this](int row) { chosen(this->spec().choices().at(row)); });
    }

    QWidget *control() const override { return m_box; }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Scrolling the form must not change the value under the pointer.
        if (watched != m_box || event->type() != QEvent::Wheel)
            return FieldEditor::eventFilter(watched, event);
        event->ignore();
        return true;
    }

protected:
    void display(const QJsonValue &value) override
    {
        const QJsonValue shown = value.isUndefined() ? spec().defaultValue() : value;
        const QJsonArray choices = spec().choices();
        int row = -1;
        for (qsizetype i = 0; i < choices.size(); ++i) {
            if (choices[i] == shown)
                row = int(i);
        }
        m_box->setCurrentIndex(row);
    }
    void displayText(const QString &) override {}

private:
    QComboBox *m_box;
};

} // namespace

FieldEditor *FieldEditor::create(const FieldSpec &spec, const Look *look, QWidget *parent)
{
    switch (spec.kind) {
    case FieldKind::Boolean:
        return new CheckField(spec, look, parent);
    case FieldKind::Choice:
        return new ChoiceField(spec, look, parent);
    case FieldKind::LongText:
    case FieldKind::Lines:
    case FieldKind::Expression:
    case FieldKind::Json:
        return new BlockField(spec, look, parent);
    default:
        return new LineField(spec, look, parent);
    }
}

} // namespace flow
