// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client_load.h"

#include <QMap>
#include <QSet>
#include <QString>

namespace flow::test {

/// Looks, once a killed program has been started again, whether everything is as it was told: over REST, in the SQLite
/// file, and in the file in which the tasks leave their effects. Each check gives what is wrong, empty when nothing is.
class Aftermath
{
public:
    /// `effects`: see markedFlows().
    Aftermath(const QString &dataDir, const QString &effects);

    /// Before the next start: whoever runs executions now is dead.
    void nobodyLives();

    /// Within two seconds nothing is pending or running that belongs to the dead.
    QString leftRunning() const;
    /// Whatever needs no person comes to its end.
    QString notGoneOn() const;
    /// Resumes each interrupted execution; each comes to the end of its flow.
    QString notResumed(quint16 port, const QByteArray &token) const;
    int interrupted() const;
    /// What clients were told, as the server says it now.
    QString notWhatWasTold(const Told &told, quint16 port, const QByteArray &token) const;
    /// Each attempt that is known to have ended has left its line; each line has an attempt of its own.
    QString wrongEffects() const;
    QString damage() const;

private:
    QString file() const;
    QSet<QString> ownersThatLeftALock() const;
    /// Rows of the execution that the clause finds.
    Result<QStringList> executions(const QString &columns, const QString &clause) const;

    QString m_dataDir;
    QString m_effects;
    QSet<QString> m_dead;
};

} // namespace flow::test
