// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/existing_file.h"
#include "base/result.h"
#include "model/breakpoint.h"
#include "model/execution_event.h"
#include "model/library_flows.h"
#include "model/stored_flow.h"
#include "service/background_work.h"
#include "service/database_care.h"
#include "service/service_settings.h"
#include "tasks/task_registry.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace flow {

struct ExecutionBeginning;
struct ExecutionControls;

/// How an execution begins, other than at the flow's start.
struct StartOptions
{
    QString startTask;       ///< empty: the flow's start task. Results that it needs may stand in the input
    bool singleTask = false; ///< ends when that task has ended
    QList<Breakpoint> breakpoints;
    bool pause = false; ///< before the first task
};

/// What can be run: a flow of the library, or the state on a canvas.
struct RunRequest
{
    FlowFile file;
    QJsonObject input;
    StartOptions options = {};
};

/// How a paused execution goes on.
struct ContinueOptions
{
    bool step = false;                ///< pauses again after one task
    std::optional<TaskResult> forced; ///< what the next task comes to, without running it
};

/// How a new execution takes over what an old one did.
struct ResumeOptions
{
    QString fromTask; ///< runs first; results of earlier tasks are kept. Empty: the task at which the old one ended
    bool newestRevision = false; ///< of the flow; otherwise the one that ran
    QList<Breakpoint> breakpoints;
    bool pause = false; ///< before that task
};

/// An execution with, where asked for, its attempts.
struct ExecutionDetails
{
    Execution execution;
    QList<TaskExecution> tasks;
};

/// Everything a user can do, once, for the desktop program, REST and the command line. `main` builds it and hands it
/// on.
///
/// Every function is safe from any thread. The ones that return a Result block on storage and must not be called on the
/// GUI thread; the GUI wraps them in async(). Signals are emitted on execution or writer threads, after the commit:
/// connect with a context object, so that Qt queues them.
class FlowService : public QObject
{
    Q_OBJECT

public:
    /// Opens the database, marks what a dead program left behind, and starts the execution threads.
    static Result<std::unique_ptr<FlowService>> open(const ServiceSettings &settings,
                                                     TaskRegistry registry = builtInTasks());
    /// Cancels what runs, commits, closes. What waits for its turn stays, where the settings say that programs go on
    /// with what others have left. Blocks: final tasks get five seconds, what was given to async() and a task that does
    /// not heed its cancellation as long as they take.
    ~FlowService() override;

    const ServiceSettings &settings() const;
    const TaskTypes &taskTypes() const;
    /// Executions that a dead program had left and that were marked interrupted at open().
    int interruptedAtStart() const;
    /// Executions of dead programs with which any program that stays may go on.
    int releasedAtStart() const;

    // Flow library. Messages of NotFound and Conflict are those of the REST contract.
    /// Without definitions; see StoredFlow::file.
    Result<Page<StoredFlow>> flows(const FlowQuery &query) const;
    Result<StoredFlow> flow(const FlowId &id) const;
    /// What a list says of it: everything but its definition and layout, which are not read.
    Result<StoredFlow> flowSummary(const FlowId &id) const;
    /// Ids and names of all flows.
    Result<LibraryFlows> libraryFlows() const;
    /// The same without opening a service, for who only wants to look: nothing where there is no library yet, and none
    /// is made.
    static Result<std::optional<LibraryFlows>> lookAtLibrary(const ServiceSettings &settings);
    Result<FlowFile> revision(const RevisionId &revision) const;
    /// InvalidFlow when validation has errors of the kind the contract refuses (unknown task type).
    Result<StoredFlow> createFlow(const FlowFile &file);
    /// Creates it or saves it as the next version, whichever applies. `basedOn` is the version that the caller's
    /// changes stand on: 0 when the flow must be new, nothing when it does not matter. Conflict when another version is
    /// stored by now; the message names both. Of several who save at once on the same version exactly one succeeds.
    Result<StoredFlow> saveFlow(const FlowFile &file, std::optional<int> basedOn = {});
    /// `change` is called on this thread with the flow as it is, and again when somebody saves it meanwhile; it may
    /// refuse.
    Result<StoredFlow> updateFlow(const FlowId &id, const std::function<Result<void>(StoredFlow &)> &change);
    /// With its executions and what these have started; those that run are stopped first, also in other programs. While
    /// that lasts starts of the flow are refused with Conflict, afterwards with NotFound. Conflict, and the flow stays,
    /// when one does not stop in time, or when a person has pinned one of another flow that would go as well.
    Result<void> deleteFlow(const FlowId &id);
    /// How many executions deleteFlow() would remove. Takes longer with a long history.
    Result<qint64> executionCount(const FlowId &id) const;

    // Executions.
    /// Starts a flow of the library. NotAllowed: `Flow 'x' is not active`; InvalidFlow: `details` in the error's reason
    /// lines.
    Result<ExecutionId> start(const FlowId &id, const QJsonObject &input, const StartOptions &options = {});
    /// Starts exactly what is given (saved or not). A flow whose id is new is added to the library; one that is known
    /// there with other content is left as it is.
    Result<ExecutionId> start(const RunRequest &request);
    /// Ready when the execution has ended and is committed, when it waits for a person (`paused`), or when it has ended
    /// and the store does not take its end (a full disk): then at once, with `failure` and the reason, which is stored
    /// as soon as the store takes it again. Until then executions() and execution() of this program show it as ended as
    /// well; other programs see it running.
    QFuture<ExecutionDetails> finished(ExecutionId id) const;
    /// NotFound when it does not exist, NotAllowed when it has ended. A second time it also stops the final task that
    /// the first has let run.
    Result<void> cancel(ExecutionId id);
    /// Pauses before the next task; told by ExecutionPaused. What another program runs is paused there, within half a
    /// second. NotAllowed when it has ended or is paused.
    Result<void> pause(ExecutionId id);
    /// Goes on with a paused execution. NotAllowed when it is not paused.
    Result<void> continueExecution(ExecutionId id, const ContinueOptions &options = {});
    /// A new execution that begins where an ended one failed, was interrupted, or earlier. NotAllowed when it runs, or
    /// when that task did not run in it.
    Result<ExecutionId> resume(ExecutionId id, const ResumeOptions &options = {});
    /// Input and results as the next task would see them.
    Result<QJsonObject> executionContext(ExecutionId id) const;
    /// Changes top level names of a paused execution's context: a task's result (`{"status": "success", "data": 5}`) or
    /// a name of the input. NotAllowed when it is not paused.
    Result<void> editContext(ExecutionId id, const QJsonObject &set, const QStringList &removed = {});
    Result<QList<Breakpoint>> breakpoints(ExecutionId id) const;
    /// Replaces them, at once where it runs in this program, within half a second in another. NotAllowed when it has
    /// ended; UnknownReference or BadExpression when one does not fit the flow.
    Result<void> setBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints);
    /// Keeps it whatever the rules of retention say, or no longer.
    Result<void> setPinned(ExecutionId id, bool pinned);
    Result<Page<Execution>> executions(const ExecutionQuery &query) const;
    Result<ExecutionDetails> execution(ExecutionId id, bool withTasks) const;
    /// What happened, in order: the events that its records tell, and between them the log lines of its tasks.
    Result<QList<ExecutionEvent>> executionLog(ExecutionId id) const;
    int runningExecutions() const;
    /// Those that run in this program, or wait here for their turn, oldest first: for who was not there to hear how
    /// they began.
    Result<QList<Execution>> executionsHere() const;

    // The database as a whole.
    /// Removes what the rules of retention do not keep, now and without resting.
    Result<PruneReport> prune(const PruneOptions &options);
    Result<DatabaseStats> databaseStats() const;
    /// One line for each thing that is wrong; reads everything.
    Result<QStringList> checkDatabase() const;
    /// A whole copy in a file, while flows run; it is there, or the old one is replaced, only once it is whole.
    /// Conflict when it exists and is to be kept; NotAllowed for the database itself and for one on a server.
    Result<void> backUpDatabase(const QString &file, ExistingFile existing) const;
    /// Puts a backup in the place of the database that the settings name, which need not be whole. Gives the file under
    /// which the old one is kept beside it, empty where there was none. NotAllowed while a program, this one included,
    /// has the database open, and for one on a server; other errors as of putBackupBack(). Io also where the backup is
    /// in place, but the disk failed then: the message says so, and where the old one is.
    static Result<QString> restoreDatabase(const ServiceSettings &settings, const QString &backup);

    /// Who waits for work in the background. Each has threads of his own, so that none stands in another's queue.
    enum class Workers {
        Person, ///< the desktop program
        Server, ///< requests of REST
        Urgent, ///< what must come through whatever else is going on, above all Stop; for nothing that takes long
    };
    /// Runs `work` on a thread of the service's own; the way to call anything that blocks. The future always ends; see
    /// keepPromise() for work that throws.
    template <typename Work>
    QFuture<std::invoke_result_t<Work>> async(Work work, Workers workers = Workers::Person) const;

Q_SIGNALS:
    void flowSaved(const flow::FlowId &id, int version);
    void flowDeleted(const flow::FlowId &id);
    void executionEvent(const flow::ExecutionEvent &event);
    /// An execution of this flow, which nobody has started here, goes on here: its program had died.
    void executionTakenUp(const flow::FlowId &id);

private:
    FlowService();
    Result<ExecutionId> launch(const Flow &flow, Execution execution, const ExecutionBeginning &beginning,
                               const ExecutionControls &controls);
    Result<ExecutionId> launch(const Flow &flow, const RevisionId &revision, const QJsonObject &input,
                               const StartOptions &options);
    QThreadPool *pool(Workers workers) const;
    struct State;
    friend class FlowDeletion;
    std::unique_ptr<State> m_state;
};

template <typename Work>
QFuture<std::invoke_result_t<Work>> FlowService::async(Work work, Workers workers) const
{
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start(); // here, because nobody waits for a future that has not begun
    QFuture<Value> future = promise->future();
    pool(workers)->start([promise, work = std::move(work)]() mutable { keepPromise(*promise, work); });
    return future;
}

} // namespace flow
