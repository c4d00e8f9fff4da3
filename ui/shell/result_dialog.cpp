// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/result_dialog.h"

#include "base/json.h"
#include "look/small_widgets.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace flow {

ResultDialog::ResultDialog(const QString &task, const Look *look, QWidget *parent)
    : QDialog(parent)
    , m_succeeds(new QRadioButton(tr("It &succeeds"), this))
    , m_fails(new QRadioButton(tr("It &fails"), this))
    , m_error(new QLineEdit(this))
    , m_data(new QPlainTextEdit(this))
    , m_message(new InlineMessage(look, this))
    , m_step(new QCheckBox(tr("&Pause again after it"), this))
{
    setObjectName(QStringLiteral("resultDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Say what comes of the next task"));
    auto *title = new QLabel(tr("What is to come of “%1”?").arg(task), this);
    title->setFont(look->font(Look::Text::Title));
    title->setTextFormat(Qt::PlainText);
    auto *hint = new QLabel(tr("The task does not run. The run goes on as if this had come of it."), this);
    setTone(hint, Tone::Muted);
    auto *dataLabel = new QLabel(tr("&Data as JSON, or nothing"), this);
    dataLabel->setBuddy(m_data);
    m_succeeds->setObjectName(QStringLiteral("succeeds"));
    m_fails->setObjectName(QStringLiteral("fails"));
    m_error->setObjectName(QStringLiteral("error"));
    m_error->setPlaceholderText(tr("What went wrong"));
    m_error->setAccessibleName(tr("What went wrong"));
    m_data->setObjectName(QStringLiteral("data"));
    m_data->setFont(look->font(Look::Text::Code));
    m_data->setTabChangesFocus(true);
    m_succeeds->setChecked(true);
    m_step->setChecked(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_take = buttons->addButton(tr("Go on"), QDialogButtonBox::AcceptRole);
    m_take->setObjectName(QStringLiteral("takeButton"));
    m_take->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_fails, &QRadioButton::toggled, this, &ResultDialog::check);
    connect(m_error, &QLineEdit::textChanged, this, &ResultDialog::check);
    connect(m_data, &QPlainTextEdit::textChanged, this, &ResultDialog::check);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    layout->setSpacing(measure::space2);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addSpacing(measure::space1);
    layout->addWidget(m_succeeds);
    layout->addWidget(m_fails);
    layout->addWidget(m_error);
    layout->addSpacing(measure::space1);
    layout->addWidget(dataLabel);
    layout->addWidget(m_data, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_step);
    layout->addSpacing(measure::space2);
    layout->addWidget(buttons);
    resize(480, 400);
    check();
}

bool ResultDialog::pausesAgain() const
{
    return m_step->isChecked();
}

void ResultDialog::check()
{
    const bool fails = m_fails->isChecked();
    m_error->setVisible(fails);
    const QByteArray typed = m_data->toPlainText().trimmed().toUtf8();
    QJsonValue given = QJsonValue::Undefined;
    QString wrong;
    if (!typed.isEmpty()) {
        const json::Parsed parsed = json::parse(typed);
        wrong = text(parsed.errors);
        given = parsed.value;
    }
    const QString error = m_error->text().trimmed();
    if (wrong.isEmpty() && fails && error.isEmpty())
        m_message->set(tr("Say what went wrong, above."), Role::Muted); // nothing is wrong yet
    else
        m_message->set(wrong);
    setWrong(m_data, !wrong.isEmpty());
    m_take->setEnabled(wrong.isEmpty() && (!fails || !error.isEmpty()));
    m_result = fails ? TaskResult::failure(error, given) : TaskResult::success(given);
}

} // namespace flow
