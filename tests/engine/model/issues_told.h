// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/flows.h"
#include "model/validate.h"

#include <QJsonDocument>

/// Issues as short words, for tables.
namespace flow::test {

/// The examples' types; `a` is a type too, and `set` has settings.
inline TaskTypes types()
{
    TaskTypes types = exampleTypes();
    types.insert(q("a"), TaskType{.name = q("a")});
    const QByteArray schema = R"({"required": ["path"], "additionalProperties": false, "properties": {
        "path": {"type": "string", "minLength": 1}, "seconds": {"type": "number", "minimum": 0},
        "rows": {"type": "array", "items": {"type": "integer"}}}})";
    types.insert(q("set"), TaskType{.name = q("set"), .configSchema = QJsonDocument::fromJson(schema).object()});
    return types;
}

/// `! rule task:1.name`: severity, rule, place.
inline QString told(const Issue &issue)
{
    QString text = (issue.severity == Severity::Error ? q("! ") : q("~ ")) + issue.rule + u' ';
    const char *const kinds[] = {"flow", "task", "condition"};
    text += q(kinds[int(issue.place.kind)]);
    if (issue.place.index >= 0)
        text += u':' + QString::number(issue.place.index);
    return issue.place.field.isEmpty() ? text : text + u'.' + issue.place.field;
}

inline QString told(const QList<Issue> &issues)
{
    QStringList lines;
    for (const Issue &issue : issues)
        lines << told(issue);
    return lines.join(q(", "));
}

} // namespace flow::test
