// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/slow_reads.h"

#include <QTimer>

namespace flow {

namespace {

constexpr int noticedMs = 200;

} // namespace

int SlowReads::begin(const QString &key, const QString &name)
{
    Q_ASSERT(!m_tickets.contains(key));
    const int ticket = ++m_lastTicket;
    m_tickets.insert(key, ticket);
    QTimer::singleShot(noticedMs, this, [this, key, name, ticket] {
        if (m_tickets.value(key) == ticket)
            Q_EMIT becameSlow(key, name);
    });
    return ticket;
}

bool SlowReads::end(const QString &key, int ticket)
{
    if (m_tickets.value(key) != ticket)
        return false;
    giveUp(key);
    return true;
}

void SlowReads::giveUp(const QString &key)
{
    if (m_tickets.remove(key))
        Q_EMIT ended(key);
}

} // namespace flow
