// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/small_widgets.h"
#include "model/issue.h"

namespace flow {

/// The problems of what is shown, one sentence each, with their fixes as links. Hidden while there are none. GUI
/// thread.
class IssueList : public QWidget
{
    Q_OBJECT

public:
    explicit IssueList(const Look *look, QWidget *parent = nullptr);

    void setIssues(const QList<Issue> &issues, bool canFix);
    QStringList texts() const;

Q_SIGNALS:
    void fixRequested(const flow::Issue &issue);

private:
    const Look *m_look;
    QList<Issue> m_issues;
};

} // namespace flow
