// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QFrame>
#include <QList>

#include <functional>

class QListWidget;

namespace flow {

class SearchField;

/// One thing that can be found and done.
struct Command
{
    QString group; ///< what kind: "Flow", "Task", "Command"
    QString title;
    QString detail; ///< shortcut or type; may be empty
    QString icon;
    std::function<void()> run;
};

/// How well `text` fits what was typed: 0 not at all, more is better. All words must be found; beginnings count more.
int searchScore(const QString &text, const QString &typed);

/// "Search everything": a field and what fits, over the window; Enter does it. Closes itself. GUI thread.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(const QList<Command> &commands, Look *look, QWidget *window);

    void popup(); ///< at the top of the window's middle

private:
    void refresh(const QString &typed);
    void runCurrent();
    bool eventFilter(QObject *watched, QEvent *event) override;

    QList<Command> m_commands;
    Look *m_look;
    SearchField *m_field;
    QListWidget *m_list;
};

} // namespace flow
