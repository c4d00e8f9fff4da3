// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution_script.h"

#include <map>

namespace flow::test {

/// A person's hour with the program in a few milliseconds: makes a database, saves and deletes flows, executes some,
/// looks at lists, ends the program and starts it again. Goes on after what fails, as far as it can, and remembers what
/// it was told is saved.
class FaultSession
{
public:
    explicit FaultSession(const QString &file);
    ~FaultSession();
    Q_DISABLE_COPY_MOVE(FaultSession)

    void run();
    /// What failed, by the name of the call.
    const QList<std::pair<QString, Error>> &failures() const { return m_failures; }

    /// What was told to be saved and is not there; empty when all is.
    QString lost(TestDatabase &database) const;

private:
    bool open();
    void close();
    void saveFlows();
    void executeOne(const FlowId &flow, bool touchesWorld);
    void createSeveralAtOnce();
    void interruptOne();
    void deleteOne();
    void look();

    template <typename T>
    bool told(const char *what, const Result<T> &result)
    {
        if (!result)
            m_failures.append({QString::fromLatin1(what), result.error()});
        return result.ok();
    }

    QString lostFlows(TestDatabase &database) const;
    QString lostExecutions(TestDatabase &database) const;

    QString m_file;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<FlowStore> m_flows;
    std::unique_ptr<ExecutionStore> m_executions;
    QList<std::pair<QString, Error>> m_failures;

    struct KeptFlow
    {
        int version = 0; ///< at least
        bool removed = false;
        bool mayBeRemoved = false; ///< removing failed: nobody knows
    };
    std::map<FlowId, KeptFlow> m_keptFlows;
    std::map<ExecutionId, int> m_keptSteps; ///< at least
    std::map<ExecutionId, FlowId> m_flowOf;
    QSet<ExecutionId> m_interrupted;
    QStringList m_revisions;
};

} // namespace flow::test
