// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/route_words.h"

#include <QCoreApplication>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RouteWords", text);
}

} // namespace

RouteWords routeWords(const Condition &condition, bool matched)
{
    const RouteWords success{tr("on success"), QStringLiteral("check"), Role::Success};
    const RouteWords failure{tr("on failure"), QStringLiteral("cross"), Role::Failure};
    const RouteWords otherwise{tr("otherwise"), QStringLiteral("arrow-right"), Role::Idle};
    if (!condition.when.isEmpty()) {
        if (!matched)
            return otherwise;
        switch (condition.outcome) {
        case Outcome::Success:
            return {tr("on success, if"), QStringLiteral("expression"), Role::Expression};
        case Outcome::Failure:
            return {tr("on failure, if"), QStringLiteral("expression"), Role::Expression};
        case Outcome::Any:
            return {tr("if"), QStringLiteral("expression"), Role::Expression};
        }
    }
    switch (condition.outcome) {
    case Outcome::Success:
        return matched ? success : failure;
    case Outcome::Failure:
        return matched ? failure : success;
    case Outcome::Any:
        return matched ? RouteWords{tr("always"), QStringLiteral("arrow-right"), Role::Idle} : otherwise;
    }
    return otherwise;
}

bool branchIsDead(const Condition &condition, bool matched)
{
    return !matched && condition.outcome == Outcome::Any && condition.when.isEmpty();
}

} // namespace flow
