// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/questions.h"

#include <QCoreApplication>
#include <QPushButton>

namespace flow {

void ask(QWidget *window, QMessageBox::Icon icon, const QString &text, const QString &detail, const QList<Choice> &choices)
{
    auto *box = new QMessageBox(icon, QCoreApplication::applicationName(), text, QMessageBox::NoButton, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(detail);
    for (const Choice &choice : choices) {
        QPushButton *button = box->addButton(choice.label, choice.role);
        button->setProperty("choice", choice.label);
        if (choice.isDefault)
            box->setDefaultButton(button);
        if (choice.role == QMessageBox::RejectRole)
            box->setEscapeButton(button);
        if (choice.role == QMessageBox::DestructiveRole)
            button->setProperty("kind", QStringLiteral("danger"));
        if (!choice.action)
            continue;
        // Queued, so that the box is gone before what follows may open the next one.
        QObject::connect(box, &QMessageBox::buttonClicked, window, [button, action = choice.action](QAbstractButton *clicked) {
            if (clicked == button)
                action();
        }, Qt::QueuedConnection);
    }
    box->open();
}

void tell(QWidget *window, const QString &text, const Error &error)
{
    ask(window, QMessageBox::Warning, text, error.text(),
        {{.label = QCoreApplication::translate("Questions", "Close"), .role = QMessageBox::RejectRole, .isDefault = true}});
}

} // namespace flow
