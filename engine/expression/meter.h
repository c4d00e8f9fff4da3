// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace flow::cel {

/// What is left to spend in one evaluation. Everything whose length depends on data pays, so that every evaluation
/// ends.
class Meter
{
public:
    explicit Meter(qint64 budget)
        : m_left(budget)
    {
    }

    /// False once the budget is spent.
    bool charge(qint64 cost)
    {
        m_left -= cost;
        return m_left >= 0;
    }
    /// Characters and bytes are handled many at a time.
    bool chargeText(qint64 length) { return charge(1 + length / 16); }
    bool isSpent() const { return m_left < 0; }
    /// Below 0 once it is spent.
    qint64 left() const { return m_left; }

private:
    qint64 m_left;
};

} // namespace flow::cel
