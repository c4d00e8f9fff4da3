// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>

namespace flow {

/// What is being read at the moment, by id or path. Reading that takes long enough to be noticed is shown, and can be
/// given up: its result is dropped then, whenever it comes. GUI thread.
class SlowReads : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    bool contains(const QString &key) const { return m_tickets.contains(key); }
    /// Returns the ticket for end(). `key` must not be contained.
    int begin(const QString &key, const QString &name);
    /// False when it was given up.
    bool end(const QString &key, int ticket);
    void giveUp(const QString &key);

Q_SIGNALS:
    void becameSlow(const QString &key, const QString &name);
    void ended(const QString &key); ///< also when it was given up

private:
    QHash<QString, int> m_tickets;
    int m_lastTicket = 0;
};

} // namespace flow
