// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_input_dialog.h"

#include "base/json.h"
#include "editor/schema_form.h"
#include "look/small_widgets.h"
#include "model/config_schema.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

namespace flow {

namespace {

QWidget *scrolling(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    auto *page = new QWidget(area);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(measure::space4, measure::space4, measure::space4, measure::space4);
    layout->addWidget(content);
    layout->addStretch();
    area->setWidget(page);
    area->setWidgetResizable(true);
    return area;
}

} // namespace

RunInputDialog::RunInputDialog(const Flow &flow, const QJsonObject &lastInput, Look *look, QWidget *parent,
                               const QString &heading)
    : QDialog(parent)
    , m_schema(flow.inputs.value_or(QJsonObject()))
    , m_pages(new QTabWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_message(new InlineMessage(look, this))
{
    setObjectName(QStringLiteral("runInput"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Run with input"));
    const QJsonObject start = lastInput.isEmpty() ? withDefaults(m_schema, {}) : lastInput;

    auto *title = new QLabel(heading.isEmpty() ? tr("Run “%1” with this input").arg(flow.name) : heading, this);
    title->setFont(look->font(Look::Text::Title));
    title->setTextFormat(Qt::PlainText);
    auto *hint = new QLabel(tr("Tasks and conditions read it as input.<i>name</i>."), this);
    setTone(hint, Tone::Muted);
    m_pages->setDocumentMode(true);
    if (!m_schema[QStringLiteral("properties")].toObject().isEmpty()) {
        m_form = new SchemaForm(look, this);
        m_form->setSchema(m_schema);
        m_form->setValues(start);
        m_values = start;
        m_pages->addTab(scrolling(m_form, this), tr("Form"));
        connect(m_form, &SchemaForm::edited, this, [this](const QString &key, const QJsonValue &value) {
            m_values.insert(key, value); // undefined removes
            check();
        });
        connect(m_form, &SchemaForm::restEdited, this, [this](const QJsonObject &rest) { takeRest(rest); });
    }
    m_text->setObjectName(QStringLiteral("inputJson"));
    m_text->setFont(look->font(Look::Text::Code));
    m_text->setTabChangesFocus(true);
    m_text->setPlainText(QString::fromUtf8(json::write(start)));
    m_pages->addTab(m_text, tr("JSON"));
    m_pages->tabBar()->setVisible(m_form);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_run = buttons->addButton(tr("Run"), QDialogButtonBox::AcceptRole);
    m_run->setObjectName(QStringLiteral("runButton"));
    m_run->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RunInputDialog::check);
    connect(m_pages, &QTabWidget::currentChanged, this, &RunInputDialog::changePage);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    layout->setSpacing(measure::space2);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addSpacing(measure::space1);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_message);
    layout->addSpacing(measure::space2);
    layout->addWidget(buttons);
    resize(520, 460);
    check();
}

bool RunInputDialog::showsForm() const
{
    return m_form && m_pages->currentIndex() == 0;
}

/// What the form shows as JSON: everything that the schema does not name.
void RunInputDialog::takeRest(const QJsonObject &rest)
{
    const QJsonObject named = m_schema[QStringLiteral("properties")].toObject();
    QJsonObject values = rest;
    for (auto it = m_values.begin(); it != m_values.end(); ++it) {
        if (named.contains(it.key()))
            values.insert(it.key(), it.value());
    }
    m_values = values;
    check();
}

QJsonObject RunInputDialog::readText(QList<Error> *errors) const
{
    const QByteArray text = m_text->toPlainText().trimmed().toUtf8();
    if (text.isEmpty())
        return {};
    const json::Parsed parsed = json::parse(text);
    errors->append(parsed.errors);
    if (parsed.errors.isEmpty() && !parsed.value.isObject())
        errors->append(
            {.code = ErrorCode::NotAnObject, .reason = tr("must be an object, such as {\"day\": \"2026-01-10\"}")});
    return parsed.value.toObject();
}

/// Each error below the field that it is about; returns those that belong to no field.
QList<Error> RunInputDialog::showInForm(const QList<Error> &errors)
{
    QList<Error> others = errors;
    for (FieldEditor *field : m_form->fields()) {
        QStringList texts;
        others.removeIf([&](const Error &error) {
            const bool own = !error.path.isEmpty() && error.path.steps().first().key == field->spec().key;
            if (own)
                texts.append(error.reason);
            return own;
        });
        field->setIssue(texts.join(QStringLiteral("; ")), Role::Failure);
    }
    return others;
}

/// Reads what is shown and says inline what is wrong with it; only good input can run.
void RunInputDialog::check()
{
    QList<Error> errors;
    m_input = showsForm() ? m_values : readText(&errors);
    if (errors.isEmpty())
        errors = checkConfig(m_schema, m_input);
    const bool unread = showsForm() && !m_form->drafts().isEmpty();
    m_run->setEnabled(errors.isEmpty() && !unread);
    m_message->set(text(showsForm() ? showInForm(errors) : errors));
    setWrong(m_text, !showsForm() && !errors.isEmpty());
}

/// Both pages show the same input; one that cannot be read stays on its own page.
void RunInputDialog::changePage(int page)
{
    QList<Error> errors;
    if (m_form && page == 0) {
        const QJsonObject values = readText(&errors);
        if (errors.isEmpty()) {
            m_values = values;
            m_form->setValues(values);
        }
    } else if (m_form) {
        m_text->setPlainText(QString::fromUtf8(json::write(m_values)));
    }
    check();
}

} // namespace flow
