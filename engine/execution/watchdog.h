// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace flow {

/// One thread that calls back when a deadline has passed, for any number of deadlines. Whoever runs executions owns
/// one; its thread starts with the first deadline. Safe from any thread.
class Watchdog
{
public:
    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog &) = delete;
    Watchdog &operator=(const Watchdog &) = delete;

    /// A deadline that is watched while this lives. Its destructor waits for a callback that is just running, so what
    /// the callback captures may die right after.
    class Deadline
    {
    public:
        Deadline() = default;
        Deadline(Deadline &&other) noexcept;
        Deadline &operator=(Deadline &&other) noexcept;
        ~Deadline();
        /// No callback comes any more.
        void disarm();
        /// Begins anew with another time; false when it has passed already, or watches nothing.
        bool renew(std::chrono::nanoseconds time);

    private:
        friend class Watchdog;
        Watchdog *m_watchdog = nullptr;
        std::chrono::steady_clock::time_point m_when;
        unsigned long long m_number = 0;
    };

    /// Calls `expired` once on the watchdog's thread when `time` has passed. It must be short, must not throw, and must
    /// not touch the watchdog.
    [[nodiscard]] Deadline watch(std::chrono::nanoseconds time, std::function<void()> expired);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace flow
