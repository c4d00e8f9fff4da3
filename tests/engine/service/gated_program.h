// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"

#include <QTest>

/// A program whose flows stop where a test wants to look at them: a task of type `gate` goes on once its gate is open,
/// one of type `mark` only counts. Both are known by their name, or what their setting `name` says, over all flows and
/// programs of the test.
namespace flow::test {

/// What has become of the tasks of a name so far.
struct Visits
{
    int begun = 0;
    int passed = 0;
    int cut = 0; ///< cancelled at the gate

    bool operator==(const Visits &) const = default;
};

Visits visits(const QString &task);
void openGate(const QString &task);
/// Closes all gates and forgets what was.
void resetGates();
/// What lies in the folder at this moment, as a program leaves it that is killed now.
void copyAsKilled(const QString &from, const QString &to);

class GatedProgram
{
public:
    /// Several on one folder stand for other programs.
    explicit GatedProgram(const QString &folder, int threads = 4, bool stays = true);

    FlowService *operator->() const { return m_service.get(); }
    void close() { m_service.reset(); }
    QString status(ExecutionId id) const;
    QString error(ExecutionId id) const;
    /// `name:status` of each attempt, with `!` behind a forced one.
    QString tasks(ExecutionId id) const;
    ExecutionId start(const FlowFile &flow, const StartOptions &options = {}) const;
    QString ended(ExecutionId id) const { return toString(m_service->finished(id).result().execution.status); }

private:
    std::unique_ptr<FlowService> m_service;
};

} // namespace flow::test
