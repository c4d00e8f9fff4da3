// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QDialog>
#include <QJsonObject>
#include <QStringList>

class QPlainTextEdit;
class QPushButton;

namespace flow {

class InlineMessage;

/// The context of a paused run as JSON that can be changed. GUI thread.
class ContextDialog : public QDialog
{
    Q_OBJECT

public:
    ContextDialog(const QJsonObject &context, const QString &nextTask, const Look *look, QWidget *parent);

    /// Says why the change that was asked for was not made, and lets it be mended. After a change that was made the
    /// dialog is to be accepted.
    void refuse(const QString &reason);

Q_SIGNALS:
    /// Top level names with new values, and those that are gone.
    void changeRequested(const QJsonObject &set, const QStringList &removed);

private:
    void check();

    QJsonObject m_before;
    QJsonObject m_set;
    QStringList m_removed;
    QPlainTextEdit *m_text;
    InlineMessage *m_message;
    QPushButton *m_take;
};

} // namespace flow
