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

    // Once it was accepted.
    const QJsonObject &set() const { return m_set; }         ///< top level names with new values
    const QStringList &removed() const { return m_removed; } ///< top level names that are gone

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
