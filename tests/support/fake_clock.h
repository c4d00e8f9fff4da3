// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <atomic>

namespace flow::test {

/// Time that only passes when a test says so. Starts at 2026-01-10T15:55:30.
class FakeClock final : public Clock
{
public:
    Timestamp now() const override
    {
        return Timestamp(std::chrono::microseconds(1'768'060'530'000'000) +
                         std::chrono::floor<std::chrono::microseconds>(monotonic()));
    }
    std::chrono::nanoseconds monotonic() const override { return std::chrono::nanoseconds(m_passed.load()); }
    void advance(std::chrono::nanoseconds time) { m_passed += time.count(); }

private:
    std::atomic<std::int64_t> m_passed = 0;
};

} // namespace flow::test
