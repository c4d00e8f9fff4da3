// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/error_list_dialog.h"

#include "look/look.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace flow {

ErrorListDialog::ErrorListDialog(const QString &text, const QString &advice, const QStringList &problems, Look *look,
                                 QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("errorList"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(QCoreApplication::applicationName());

    auto *title = new QLabel(text, this);
    title->setFont(look->font(Look::Text::Title));
    title->setWordWrap(true);
    title->setTextFormat(Qt::PlainText);
    auto *hint = new QLabel(advice, this);
    hint->setWordWrap(true);
    hint->setProperty("tone", QStringLiteral("muted"));
    auto *list = new QPlainTextEdit(problems.join(u'\n'), this);
    list->setObjectName(QStringLiteral("problems"));
    list->setReadOnly(true);
    list->setFont(look->font(Look::Text::Code));
    list->setLineWrapMode(QPlainTextEdit::NoWrap);
    list->setTabChangesFocus(true);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
            [problems] { QGuiApplication::clipboard()->setText(problems.join(u'\n')); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::space5, measure::space5, measure::space5, measure::space4);
    layout->setSpacing(measure::space3);
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(640, 360);
}

QStringList ErrorListDialog::linesOf(const QList<Error> &errors)
{
    QStringList lines;
    for (const Error &error : errors)
        lines.append(error.text());
    return lines;
}

} // namespace flow
