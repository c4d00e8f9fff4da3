// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/inspector_context.h"

#include <QWidget>

class QComboBox;

namespace flow {

class IssueList;
class SchemaForm;
class SubjectHeader;

/// The inspector while nothing is selected: the flow itself. GUI thread.
class FlowPage : public QWidget
{
    Q_OBJECT

public:
    explicit FlowPage(InspectorContext *context, QWidget *parent = nullptr);

    void showFlow();
    /// Tells what is still only in the fields.
    void leave();
    void focusField(const QString &field);

private:
    void editFlow(const QString &key, const QJsonValue &value);
    void showStart();
    void showHandler(QComboBox *box, const QString &task);
    void setHandler(QString Flow::*handler, const QString &task, const QString &key);
    void keepDrafts();

    InspectorContext *m_context;
    bool m_shown = false;
    SubjectHeader *m_header;
    IssueList *m_issues;
    SchemaForm *m_about;
    SchemaForm *m_inputs;
    SchemaForm *m_limits;
    QComboBox *m_start;
    QComboBox *m_failure; ///< runs when the flow fails
    QComboBox *m_final;   ///< runs at the end, however it went
};

} // namespace flow
