// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/unfinished.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

std::optional<Place> placeOf(const Flow &flow, const Subject &subject)
{
    switch (subject.kind) {
    case Place::Kind::Flow:
        return Place{Place::Kind::Flow, -1, {}};
    case Place::Kind::Task:
        if (const qsizetype index = flow.taskIndex(subject.name); index >= 0)
            return Place{Place::Kind::Task, index, {}};
        break;
    case Place::Kind::Condition:
        const auto found = std::find_if(flow.conditions.begin(), flow.conditions.end(),
                                        [&](const Condition &condition) { return condition.name == subject.name; });
        if (found != flow.conditions.end())
            return Place{Place::Kind::Condition, found - flow.conditions.begin(), {}};
        break;
    }
    return std::nullopt;
}

QString sentence(const Subject &subject, const Unfinished &field)
{
    const QString whose = subject.name.isEmpty()
                              ? field.title
                              : QCoreApplication::translate("Unfinished", "%1 of '%2'").arg(field.title, subject.name);
    return QCoreApplication::translate("Unfinished", "What is typed for %1 is not finished: %2")
        .arg(whose, field.problem);
}

} // namespace

QList<Issue> unfinishedIssues(const Flow &flow, const QMap<Subject, UnfinishedFields> &unfinished)
{
    QList<Issue> issues;
    for (auto subject = unfinished.begin(); subject != unfinished.end(); ++subject) {
        const std::optional<Place> place = placeOf(flow, subject.key());
        if (!place)
            continue;
        for (auto field = subject->begin(); field != subject->end(); ++field) {
            Issue issue{Severity::Error, QStringLiteral("unfinished-field"), sentence(subject.key(), *field), *place};
            issue.place.field = field.key();
            issues << issue;
        }
    }
    return issues;
}

} // namespace flow
