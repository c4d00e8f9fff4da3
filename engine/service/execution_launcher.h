// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/execution_schedule.h"

#include <condition_variable>
#include <thread>

namespace flow {

class ExecutionStore;

/// The thread that looks at the schedule of this program. Any thread.
class ExecutionLauncher final : public ExecutionSchedule
{
public:
    ExecutionLauncher(ExecutionStore &executions, Calls calls);
    ~ExecutionLauncher() override;
    /// From now on nothing begins; what waits can still be cancelled.
    void stop();

private:
    void workCame() override;
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_look = false;
    bool m_stop = false;
    std::thread m_thread; // last: it uses everything above
};

} // namespace flow
