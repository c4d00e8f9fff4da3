// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/unfinished.h"
#include "model/flow_file.h"
#include "model/issue.h"
#include "model/library_flows.h"
#include "model/route.h"
#include "model/task_type.h"

#include <QObject>
#include <QUndoStack>

namespace flow {

/// Where an open flow is saved to.
struct DocumentHome
{
    enum class Kind { None, Library, File };
    Kind kind = Kind::None;
    QString filePath;   ///< for Kind::File
    FlowId flowId = {}; ///< for Kind::Library; the document's own id may have been changed since
    int version = 0;    ///< for Kind::Library: what the changes stand on
    bool operator==(const DocumentHome &) const = default;
};

/// A flow of the library as it was read or saved.
inline DocumentHome libraryHome(const FlowId &id, int version)
{
    return {DocumentHome::Kind::Library, {}, id, version};
}

/// What is selected on the canvas, by name and index, never by pointer. It follows its things through every change of
/// the flow.
struct Selection
{
    QStringList tasks;           ///< task names
    QList<qsizetype> conditions; ///< indexes into Flow::conditions
    bool isEmpty() const { return tasks.isEmpty() && conditions.isEmpty(); }
    bool operator==(const Selection &) const = default;
};

/// An open flow: its content, its undo history and what is selected. Every change is an undo command pushed through
/// this class; views follow the signals and never change the flow themselves. GUI thread, no widgets.
class FlowDocument : public QObject
{
    Q_OBJECT

public:
    explicit FlowDocument(FlowFile file, DocumentHome home, const TaskTypes *types, QObject *parent = nullptr);
    ~FlowDocument() override;

    const FlowFile &file() const { return m_file; }
    const Flow &flow() const { return m_file.flow; }
    const Layout &layout() const { return m_file.layout; }
    const TaskTypes &taskTypes() const { return *m_types; }
    /// What is known of the library's flows, for the problems; nothing before the first call. Emits issuesChanged()
    /// where the flow calls any of the library and something else is known now.
    void setLibrary(const LibraryFlows &library);

    const DocumentHome &home() const { return m_home; }
    void setHome(const DocumentHome &home); ///< also marks the document as saved
    bool isModified() const;                ///< there are changes or unfinished fields that were not saved
    /// A run that is only looked at: every edit is refused.
    bool isReadOnly() const { return m_readOnly; }
    void setReadOnly(bool readOnly);

    QUndoStack *undoStack() { return &m_undo; }
    QByteArray bytes() const; ///< the canonical file

    /// What was typed into the fields of a task, a condition or the flow and is no value yet; empty: nothing.
    void setUnfinished(const Subject &subject, const UnfinishedFields &fields);
    UnfinishedFields unfinished(const Subject &subject) const { return m_unfinished.value(subject); }
    /// All of it as Issues; empty when everything that was typed is in the flow.
    QList<Issue> unfinishedIssues() const { return flow::unfinishedIssues(m_file.flow, m_unfinished); }

    /// Problems of the current content and of what is unfinished; computed once per change.
    const QList<Issue> &issues() const;

    const Selection &selection() const { return m_selection; }
    void select(const Selection &selection);

    // Edits: each one undo step, named for the menu. Those that cannot be done return an Error and change nothing.
    /// Adds a task of this type with a free name near `position`; the first task becomes the start task. Returns its
    /// name.
    QString addTask(const QString &typeName, QPointF position);
    Result<void> renameTask(const QString &name, const QString &newName);
    /// Replaces everything of the task but its name; consecutive changes of one `field` merge into one step.
    void changeTask(const QString &name, const Task &task, const QString &field);
    /// An edge by meaning: adds the condition or changes the one that decides, so that after `outcome` the flow goes to
    /// `target` (a task or `end`).
    Result<void> connectTasks(const QString &source, Outcome outcome, const QString &target);
    /// Points one branch of an existing condition at another target.
    Result<void> retarget(qsizetype condition, bool matchedBranch, const QString &target);
    /// Without a name it keeps the one it has.
    void changeCondition(qsizetype index, const Condition &condition, const QString &field);
    void addCondition(const Condition &condition);
    void moveCondition(qsizetype from, qsizetype to); ///< order among all conditions
    void setStartTask(const QString &name);
    /// Everything but the start task and the named flows; tasks and conditions of `flow` are ignored.
    void changeFlow(const Flow &flow, const QString &field);
    void moveTasks(const QMap<QString, QPointF> &positions); ///< one gesture, merged while dragging
    void moveStart(QPointF position);
    void moveEnd(const QString &sourceTask, QPointF position);
    void setLayout(const Layout &layout, const QString &text);   ///< tidy up
    void replaceFile(const FlowFile &file, const QString &text); ///< everything at once, when it was changed elsewhere
    void removeSelection();
    void duplicateSelection();
    void copySelection() const; ///< as flow JSON to the clipboard
    Result<void> paste(QPointF at);
    void applyFix(const Issue &issue);

    /// Ends the merging of the last step: what comes next is a step of its own, also in the same field.
    void endMerging() { ++m_mergeSession; }

Q_SIGNALS:
    void contentChanged(); ///< flow or layout changed in any way; views compare with what they show
    void selectionChanged();
    void issuesChanged();
    void modifiedChanged(bool modified);
    void homeChanged();

private:
    friend class ChangeFileCommand;
    void setFile(const FlowFile &file);
    void tellModified(); ///< if it is another answer than before
    quint64 mergeSession() const { return m_mergeSession; }
    /// Pushes one step; does nothing when read-only or when nothing changes.
    void change(FlowFile after, const QString &text, const QString &mergeKey = {});

    FlowFile m_file;
    DocumentHome m_home;
    const TaskTypes *m_types;
    QUndoStack m_undo;
    Selection m_selection;
    bool m_readOnly = false;
    bool m_toldModified = false;
    QMap<Subject, UnfinishedFields> m_unfinished;
    quint64 m_mergeSession = 0; ///< only steps of one session merge
    std::optional<LibraryFlows> m_library;
    mutable std::optional<QList<Issue>> m_issues;
};

} // namespace flow
