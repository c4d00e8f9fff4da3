// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fault_vfs.h"

#include <array>
#include <mutex>

namespace flow::test {

/// The n-th operation of a kind fails, or each from there on.
struct Fault
{
    FileOperation operation = FileOperation::Write;
    int number = 1; ///< from 1
    int code = 0;   ///< of SQLite
    bool lasting = false;
};

/// Counts what SQLite asks of the disk, and lets it fail as planned. Any thread.
class FaultPlan : public FileWatcher
{
public:
    explicit FaultPlan(const Fault &fault)
        : m_fault(fault)
    {
    }

    int before(FileOperation operation, const QString &) override
    {
        const std::lock_guard lock(m_mutex);
        const int number = ++m_counts[size_t(operation)];
        const bool meant = m_fault.lasting ? number >= m_fault.number : number == m_fault.number;
        if (operation != m_fault.operation || !meant)
            return 0;
        m_happened = true;
        return m_fault.code;
    }

    bool happened() const
    {
        const std::lock_guard lock(m_mutex);
        return m_happened;
    }
    int count(FileOperation operation) const
    {
        const std::lock_guard lock(m_mutex);
        return m_counts[size_t(operation)];
    }

private:
    mutable std::mutex m_mutex;
    Fault m_fault;
    std::array<int, 5> m_counts = {};
    bool m_happened = false;
};

} // namespace flow::test
