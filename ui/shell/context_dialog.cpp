// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/context_dialog.h"

#include "base/json.h"
#include "look/small_widgets.h"
#include "model/flow.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace flow {

ContextDialog::ContextDialog(const QJsonObject &context, const QString &nextTask, const Look *look, QWidget *parent)
    : QDialog(parent)
    , m_before(context)
    , m_text(new QPlainTextEdit(this))
    , m_message(new InlineMessage(look, this))
{
    setObjectName(QStringLiteral("contextDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Edit the context"));
    auto *title =
        new QLabel(nextTask == endTarget ? tr("What the run ends with") : tr("What “%1” will see").arg(nextTask), this);
    title->setFont(look->font(Look::Text::Title));
    title->setTextFormat(Qt::PlainText);
    auto *hint = new QLabel(tr("The input of the run, and what each task came to. Only this run is changed."), this);
    setTone(hint, Tone::Muted);
    hint->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("contextJson"));
    m_text->setFont(look->font(Look::Text::Code));
    m_text->setTabChangesFocus(true);
    m_text->setPlainText(QString::fromUtf8(json::write(context)));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_take = buttons->addButton(tr("Change"), QDialogButtonBox::AcceptRole);
    m_take->setObjectName(QStringLiteral("takeButton"));
    m_take->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_take->setEnabled(false); // until it is known what became of it
        Q_EMIT changeRequested(m_set, m_removed);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ContextDialog::check);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    layout->setSpacing(measure::space2);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addSpacing(measure::space1);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_message);
    layout->addSpacing(measure::space2);
    layout->addWidget(buttons);
    resize(560, 480);
    check();
}

void ContextDialog::refuse(const QString &reason)
{
    m_message->set(reason);
    setWrong(m_text, true);
    m_take->setEnabled(true);
    m_text->setFocus();
}

/// Says inline what is wrong, and what would change.
void ContextDialog::check()
{
    const json::Parsed parsed = json::parse(m_text->toPlainText().trimmed().toUtf8());
    QString wrong = text(parsed.errors);
    if (wrong.isEmpty() && !parsed.value.isObject())
        wrong = tr("must be an object, such as {\"day\": \"2026-01-10\"}");
    m_set = {};
    m_removed.clear();
    const QJsonObject after = parsed.value.toObject();
    for (auto value = after.begin(); value != after.end(); ++value) {
        if (!m_before.contains(value.key()) || m_before[value.key()] != value.value())
            m_set.insert(value.key(), value.value());
    }
    for (const QString &name : m_before.keys()) {
        if (!after.contains(name))
            m_removed << name;
    }
    m_message->set(wrong);
    setWrong(m_text, !wrong.isEmpty());
    m_take->setEnabled(wrong.isEmpty() && (!m_set.isEmpty() || !m_removed.isEmpty()));
}

} // namespace flow
