// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/inspector_context.h"

#include <QWidget>

class QLabel;

namespace flow {

class IssueList;
class SchemaForm;
class SubjectHeader;
class TargetBox;

/// The inspector of one condition. GUI thread.
class ConditionPage : public QWidget
{
    Q_OBJECT

public:
    explicit ConditionPage(InspectorContext *context, QWidget *parent = nullptr);

    void showCondition(qsizetype index);
    /// As TaskPage::leave().
    void leave();
    void focusField(const QString &field);

private:
    void rename(const QString &name);
    void retarget(bool matched, const QString &target);
    void keepDrafts();

    InspectorContext *m_context;
    qsizetype m_index = -1;
    QString m_name; ///< of the condition shown, to notice when the index means another one
    SubjectHeader *m_header;
    IssueList *m_issues;
    SchemaForm *m_question;
    TargetBox *m_matched;
    TargetBox *m_otherwise;
    QLabel *m_reading;
    SchemaForm *m_about;
};

} // namespace flow
