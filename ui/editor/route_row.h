// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/inspector_context.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QToolButton;

namespace flow {

class FieldEditor;
class IssueList;
class TargetBox;

/// One condition of a task: both branches in words with their targets, its expression, and what is wrong with it. GUI
/// thread.
class RouteRow : public QWidget
{
    Q_OBJECT

public:
    RouteRow(InspectorContext *context, QWidget *parent = nullptr);

    /// `above` and `below`: the neighbours of the same task in the order of asking; -1: none.
    void showCondition(qsizetype index, qsizetype above, qsizetype below);
    qsizetype index() const { return m_index; }
    void editExpression(); ///< shows the field, also while there is no expression, and goes there

Q_SIGNALS:
    void activated(qsizetype index); ///< open it as the selection

private:
    void addBranch(QGridLayout *grid, int row, bool matched);
    QToolButton *addButton(const QString &icon, const QString &tip, const std::function<void()> &run);
    void showWords(bool matched, const Condition &condition);

    InspectorContext *m_context;
    qsizetype m_index = -1;
    qsizetype m_above = -1;
    qsizetype m_below = -1;
    bool m_expressionWanted = false;
    QToolButton *m_name;
    QToolButton *m_fx;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
    QLabel *m_words[2];
    QLabel *m_signs[2];
    TargetBox *m_targets[2];
    QLabel *m_sign;
    FieldEditor *m_expression;
    IssueList *m_issues;
};

} // namespace flow
