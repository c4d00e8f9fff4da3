// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "look/look.h"
#include "model/flow.h"

#include <QDialog>
#include <QJsonObject>

class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace flow {

class InlineMessage;
class SchemaForm;

/// Asks for the input of a run: a form where the flow says what it takes, and JSON for everything. GUI thread.
class RunInputDialog : public QDialog
{
    Q_OBJECT

public:
    /// `title`: what will run; empty: the flow.
    RunInputDialog(const Flow &flow, const QJsonObject &lastInput, Look *look, QWidget *parent,
                   const QString &title = {});

    QJsonObject input() const { return m_input; } ///< once it was accepted

private:
    void check();
    void takeRest(const QJsonObject &rest);
    void changePage(int page);
    QJsonObject readText(QList<Error> *errors) const;
    QList<Error> showInForm(const QList<Error> &errors);
    bool showsForm() const;

    QJsonObject m_schema;
    QJsonObject m_values; ///< of the form
    QTabWidget *m_pages;
    SchemaForm *m_form = nullptr; ///< null: the flow does not say what it takes
    QPlainTextEdit *m_text;
    InlineMessage *m_message;
    QPushButton *m_run;
    QJsonObject m_input;
};

} // namespace flow
