// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/actions.h"

#include <QActionGroup>
#include <QKeySequence>

namespace flow {

namespace {

enum class Kind { Plain, Canvas, Choice, Switch };

struct Row
{
    ActionId id;
    const char *text;
    const char *keys; ///< portable text; several are separated by "; "
    const char *icon;
    Kind kind = Kind::Plain;
    const char *hint = nullptr;
};

// clang-format off
const Row table[] = {
    {ActionId::NewFlow, QT_TRANSLATE_NOOP("Actions", "&New flow"), "Ctrl+N", "plus"},
    {ActionId::Open, QT_TRANSLATE_NOOP("Actions", "&Open file..."), "Ctrl+O", "folder-open"},
    {ActionId::OpenExample, QT_TRANSLATE_NOOP("Actions", "Open the e&xample"), "", "flow"},
    {ActionId::Save, QT_TRANSLATE_NOOP("Actions", "&Save"), "Ctrl+S", "save"},
    {ActionId::SaveAs, QT_TRANSLATE_NOOP("Actions", "Save &as file..."), "Ctrl+Shift+S", ""},
    {ActionId::Import, QT_TRANSLATE_NOOP("Actions", "&Import into the library..."), "", "import"},
    {ActionId::Export, QT_TRANSLATE_NOOP("Actions", "&Export a copy..."), "", "export"},
    {ActionId::ExportForReference, QT_TRANSLATE_NOOP("Actions", "Export for the &reference..."), "", ""},
    {ActionId::CloseTab, QT_TRANSLATE_NOOP("Actions", "&Close tab"), "Ctrl+W", ""},
    {ActionId::Quit, QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q", ""},
    {ActionId::Undo, QT_TRANSLATE_NOOP("Actions", "&Undo"), "Ctrl+Z", "undo"},
    {ActionId::Redo, QT_TRANSLATE_NOOP("Actions", "&Redo"), "Ctrl+Shift+Z; Ctrl+Y", "redo"},
    {ActionId::Cut, QT_TRANSLATE_NOOP("Actions", "Cu&t"), "Ctrl+X", "", Kind::Canvas},
    {ActionId::Copy, QT_TRANSLATE_NOOP("Actions", "&Copy"), "Ctrl+C", "copy", Kind::Canvas},
    {ActionId::Paste, QT_TRANSLATE_NOOP("Actions", "&Paste"), "Ctrl+V", "paste", Kind::Canvas},
    {ActionId::Duplicate, QT_TRANSLATE_NOOP("Actions", "&Duplicate"), "Ctrl+D", "", Kind::Canvas},
    {ActionId::Delete, QT_TRANSLATE_NOOP("Actions", "De&lete"), "Del", "trash", Kind::Canvas},
    {ActionId::SelectAll, QT_TRANSLATE_NOOP("Actions", "Select &all"), "Ctrl+A", "", Kind::Canvas},
    {ActionId::Rename, QT_TRANSLATE_NOOP("Actions", "Re&name"), "F2", "rename", Kind::Canvas},
    {ActionId::ZoomIn, QT_TRANSLATE_NOOP("Actions", "Zoom &in"), "Ctrl++; Ctrl+=", "zoom-in"},
    {ActionId::ZoomOut, QT_TRANSLATE_NOOP("Actions", "Zoom &out"), "Ctrl+-", "zoom-out"},
    {ActionId::ZoomReset, QT_TRANSLATE_NOOP("Actions", "&Actual size"), "Ctrl+0", ""},
    {ActionId::Fit, QT_TRANSLATE_NOOP("Actions", "&Fit"), "Ctrl+9", "fit", Kind::Plain,
     QT_TRANSLATE_NOOP("Actions", "Show the whole flow")},
    {ActionId::TidyUp, QT_TRANSLATE_NOOP("Actions", "&Tidy up"), "Ctrl+Shift+T", "tidy", Kind::Plain,
     QT_TRANSLATE_NOOP("Actions", "Arrange the tasks automatically; can be undone")},
    {ActionId::ThemeSystem, QT_TRANSLATE_NOOP("Actions", "As the &system"), "", "", Kind::Choice},
    {ActionId::ThemeLight, QT_TRANSLATE_NOOP("Actions", "&Light"), "", "sun", Kind::Choice},
    {ActionId::ThemeDark, QT_TRANSLATE_NOOP("Actions", "&Dark"), "", "moon", Kind::Choice},
    {ActionId::ResetLayout, QT_TRANSLATE_NOOP("Actions", "&Reset layout"), "", ""},
    {ActionId::Run, QT_TRANSLATE_NOOP("Actions", "&Run"), "F5", "play", Kind::Plain,
     QT_TRANSLATE_NOOP("Actions", "Run what is on the canvas, saved or not")},
    {ActionId::RunWithInput, QT_TRANSLATE_NOOP("Actions", "Run with &input..."), "Ctrl+F5", "play-input"},
    {ActionId::Pause, QT_TRANSLATE_NOOP("Actions", "&Pause"), "F6", "pause", Kind::Plain,
     QT_TRANSLATE_NOOP("Actions", "Pause after the task that runs now")},
    {ActionId::Step, QT_TRANSLATE_NOOP("Actions", "S&tep"), "F10", "step", Kind::Plain,
     QT_TRANSLATE_NOOP("Actions", "Run one task, then pause")},
    {ActionId::Stop, QT_TRANSLATE_NOOP("Actions", "&Stop"), "Shift+F5", "stop"},
    {ActionId::EditContext, QT_TRANSLATE_NOOP("Actions", "&Edit the context..."), "Ctrl+F10", "braces", Kind::Plain,
     QT_TRANSLATE_NOOP("Actions", "Change what the next task of the paused run will see")},
    {ActionId::ForceResult, QT_TRANSLATE_NOOP("Actions", "Sa&y what comes of the next task..."), "Shift+F10", "skip",
     Kind::Plain, QT_TRANSLATE_NOOP("Actions", "Let the paused run go on as if its next task had come to this")},
    {ActionId::Breakpoint, QT_TRANSLATE_NOOP("Actions", "Set or remove a &breakpoint"), "F9", "breakpoint",
     Kind::Canvas, QT_TRANSLATE_NOOP("Actions", "Pause runs at what is selected")},
    {ActionId::ClearBreakpoints, QT_TRANSLATE_NOOP("Actions", "Remove &all breakpoints"), "Ctrl+Shift+F9", ""},
    {ActionId::ClearRun, QT_TRANSLATE_NOOP("Actions", "&Clear the run from the canvas"), "", ""},
    {ActionId::Search, QT_TRANSLATE_NOOP("Actions", "Search &everything..."), "Ctrl+P", "search"},
    {ActionId::RestServer, QT_TRANSLATE_NOOP("Actions", "&REST server"), "", "server", Kind::Switch,
     QT_TRANSLATE_NOOP("Actions", "Let other programs on this computer run flows")},
    {ActionId::Settings, QT_TRANSLATE_NOOP("Actions", "&Settings..."), "Ctrl+,", "settings"},
    {ActionId::About, QT_TRANSLATE_NOOP("Actions", "&About Flow Manager"), "", "info"},
};
// clang-format on

QAction *made(const Row &row, Look *look, QObject *parent)
{
    auto *action = new QAction(Actions::tr(row.text), parent);
    action->setShortcuts(QKeySequence::listFromString(QString::fromLatin1(row.keys), QKeySequence::PortableText));
    if (*row.icon)
        action->setIcon(look->icon(QString::fromLatin1(row.icon)));
    QString hint = row.hint ? Actions::tr(row.hint) : action->text().remove(u'&').remove(QStringLiteral("..."));
    if (!action->shortcut().isEmpty())
        hint += QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
    action->setToolTip(hint);
    action->setCheckable(row.kind == Kind::Choice || row.kind == Kind::Switch);
    if (row.kind == Kind::Canvas)
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (action->text().endsWith(QStringLiteral("..."))) // Qt would drop the dots on a button
        action->setIconText(action->text().remove(u'&'));
    action->setMenuRole(QAction::NoRole);
    return action;
}

} // namespace

Actions::Actions(Look *look, QObject *parent)
    : QObject(parent)
{
    auto *themes = new QActionGroup(this);
    for (const Row &row : table) {
        QAction *action = made(row, look, this);
        if (row.kind == Kind::Choice)
            themes->addAction(action);
        m_actions.insert(row.id, action);
    }
    (*this)[ActionId::Stop]->setIcon(look->icon(QStringLiteral("stop"), Role::Failure));
}

QList<QAction *> Actions::ofCanvas() const
{
    QList<QAction *> actions;
    for (const Row &row : table) {
        if (row.kind == Kind::Canvas)
            actions.append((*this)[row.id]);
    }
    return actions;
}

} // namespace flow
