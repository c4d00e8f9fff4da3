// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QMessageBox>

#include <functional>

/// Questions and bad news, as dialogs over the window that call back: nothing waits inside them.
namespace flow {

struct Choice
{
    QString label;
    QMessageBox::ButtonRole role = QMessageBox::AcceptRole;
    std::function<void()> action = {}; ///< may be empty
    bool isDefault = false;
};

/// `text` is the question, `detail` what follows from the answers. Escape takes the choice of role RejectRole.
void ask(QWidget *window, QMessageBox::Icon icon, const QString &text, const QString &detail,
         const QList<Choice> &choices);

/// Something went wrong: what, and the error's own words.
void tell(QWidget *window, const QString &text, const Error &error);

} // namespace flow
