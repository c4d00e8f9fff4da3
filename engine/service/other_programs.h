// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "service/execution_waiters.h"
#include "service/owner_request.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace flow {

class Owners;

/// Keeps an eye on the programs that share the database: carries out what they ask of executions that run here, and
/// waits for the end of those that they run. Looks several times a second while there is something to look for, and
/// sleeps otherwise.
class OtherPrograms
{
public:
    struct Calls
    {
        std::function<bool(const OwnerRequest &)> carryOut; ///< false when it does not run here
        /// The execution once it has ended or its program is gone, nothing while it runs.
        std::function<std::optional<ExecutionDetails>(ExecutionId)> ended;
        /// Looks at what runs there and somebody here waits for.
        std::function<void()> look;
        /// Goes on with what dead programs have left; null: this program does not. Called at once and then about once a
        /// second.
        std::function<void()> takeOver;
    };

    OtherPrograms(const Owners &owners, Calls calls);
    ~OtherPrograms();
    /// From now on calls are made, on a thread of its own. They may call back here, so whoever made this has it in
    /// place by now.
    void start();
    /// Makes no further calls. What is told afterwards is ignored.
    void stop();

    /// Something runs here, so that requests are worth looking for.
    void executionStarted();
    void executionEnded(ExecutionId id);
    /// Tells the promise when an execution of another program has ended.
    void waitFor(ExecutionId id, const ExecutionPromise &promise);

private:
    struct Wait
    {
        ExecutionId id = 0;
        ExecutionPromise promise;
    };

    void loop();
    void lookForRequests();
    void lookForEnds();
    void takeOver();

    const Owners &m_owners;
    const Calls m_calls;
    std::chrono::steady_clock::time_point m_tookOver{};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_running = 0;
    QList<Wait> m_waits;
    bool m_stop = false;
    std::thread m_thread; // last: it uses everything above
};

} // namespace flow
