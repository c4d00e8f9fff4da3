// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution_journal.h"

namespace flow {

QString toString(OnLoss onLoss)
{
    switch (onLoss) {
    case OnLoss::Ask:
        return QStringLiteral("ask");
    case OnLoss::Repeat:
        return QStringLiteral("repeat");
    case OnLoss::Reenter:
        return QStringLiteral("reenter");
    }
    Q_UNREACHABLE();
}

QString toString(ExecutionPhase phase)
{
    switch (phase) {
    case ExecutionPhase::Main:
        return QStringLiteral("main");
    case ExecutionPhase::Failure:
        return QStringLiteral("failure");
    case ExecutionPhase::Final:
        return QStringLiteral("final");
    }
    Q_UNREACHABLE();
}

std::optional<ExecutionPhase> executionPhaseFromString(const QString &word)
{
    for (const ExecutionPhase phase : {ExecutionPhase::Main, ExecutionPhase::Failure, ExecutionPhase::Final}) {
        if (toString(phase) == word)
            return phase;
    }
    return std::nullopt;
}

} // namespace flow
