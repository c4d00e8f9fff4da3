// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/main_menu.h"

#include <QCoreApplication>
#include <QDir>
#include <QMenu>
#include <QMenuBar>

namespace flow {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MainMenu)
};

/// Nothing in the list is a separator.
QMenu *addMenu(QMenuBar *bar, const QString &title, const Actions &actions, const QList<std::optional<ActionId>> &rows)
{
    QMenu *menu = bar->addMenu(title);
    for (const std::optional<ActionId> &row : rows) {
        if (row)
            menu->addAction(actions[*row]);
        else
            menu->addSeparator();
    }
    return menu;
}

} // namespace

MainMenu buildMainMenu(QMenuBar *bar, const Actions &actions)
{
    using enum ActionId;
    MainMenu result;
    QMenu *file = addMenu(
        bar, Words::tr("&File"), actions,
        {NewFlow, Open, OpenExample, {}, Save, SaveAs, {}, Import, Export, ExportForReference, {}, CloseTab, Quit});
    result.recent = new QMenu(Words::tr("Open &recent"), bar);
    file->insertMenu(actions[OpenExample], result.recent);
    addMenu(bar, Words::tr("&Edit"), actions,
            {Undo, Redo, {}, Cut, Copy, Paste, Duplicate, Delete, {}, SelectAll, Rename});
    QMenu *view = addMenu(bar, Words::tr("&View"), actions, {ZoomIn, ZoomOut, ZoomReset, Fit, {}});
    QMenu *theme = view->addMenu(Words::tr("&Theme"));
    theme->addActions({actions[ThemeSystem], actions[ThemeLight], actions[ThemeDark]});
    result.panels = view->addMenu(Words::tr("&Panels"));
    view->addSeparator();
    view->addAction(actions[ResetLayout]);
    addMenu(bar, Words::tr("F&low"), actions, {TidyUp, {}, Search});
    addMenu(bar, Words::tr("&Run"), actions,
            {Run,
             RunWithInput,
             {},
             Pause,
             Step,
             Stop,
             {},
             EditContext,
             ForceResult,
             {},
             Breakpoint,
             ClearBreakpoints,
             {},
             ClearRun});
    addMenu(bar, Words::tr("&Tools"), actions, {RestServer, {}, Settings});
    addMenu(bar, Words::tr("&Help"), actions, {About});
    return result;
}

void fillRecentMenu(QMenu *menu, const QStringList &paths, const std::function<void(const QString &)> &open)
{
    menu->clear();
    menu->menuAction()->setEnabled(!paths.isEmpty());
    for (const QString &path : paths) {
        QString text = QDir::toNativeSeparators(path);
        menu->addAction(text.replace(u'&', QStringLiteral("&&")), menu, [open, path] { open(path); });
    }
}

} // namespace flow
