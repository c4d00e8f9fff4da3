// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage_fixture.h"

namespace flow::test {

inline const FlowId a = QStringLiteral("a");
inline const QString step1 = QStringLiteral("step 1");
inline const QString step2 = QStringLiteral("step 2");

/// A database with flow "a" and, where asked for, an execution of it.
struct Fixture
{
    TestDatabase database;
    FlowStore flows{*database};
    ExecutionStore store{*database, QStringLiteral("me")};
    RevisionId revision;

    Fixture() { revision = flows.create(chain(a))->revision; }

    ExecutionId create(const QJsonObject &input = {})
    {
        const Result<Execution> made = store.create(a, revision, input);
        return made ? made->id : 0;
    }
    ExecutionId running(const QJsonObject &input = {})
    {
        const ExecutionId id = create(input);
        return store.executionStarted(id, at(0)) ? id : 0;
    }
};

} // namespace flow::test
