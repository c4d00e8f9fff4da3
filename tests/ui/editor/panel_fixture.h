// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "document/flow_document.h"

/// Task types and a flow that the tests of the panels share.
namespace flow {

inline QJsonObject parsed(const char *text)
{
    const json::Parsed result = json::parse(text);
    Q_ASSERT(result.errors.isEmpty());
    return result.value.toObject();
}

inline TaskTypes panelTaskTypes()
{
    const auto type = [](const char *name, const char *title, const char *description, const char *group,
                         const char *icon, const char *schema) {
        TaskType result;
        result.name = QString::fromLatin1(name);
        result.title = QString::fromLatin1(title);
        result.description = QString::fromLatin1(description);
        result.group = QString::fromLatin1(group);
        result.icon = QString::fromLatin1(icon);
        result.help = QStringLiteral("Returns what it was asked for.");
        result.configSchema = parsed(schema);
        return result;
    };
    TaskTypes types;
    for (const TaskType &one :
         {type("http_request", "HTTP request", "Ask a web server and keep its answer", "Network", "server", R"({
              "type": "object", "additionalProperties": false, "required": ["url"], "properties": {
              "method": {"x-order": 0, "enum": ["GET", "POST", "PUT"], "default": "GET", "title": "Method"},
              "url": {"x-order": 1, "type": "string", "title": "URL", "minLength": 1},
              "time_limit": {"x-order": 2, "type": "number", "title": "Time limit", "minimum": 0, "maximum": 300, "default": 30, "x-unit": "s"},
              "largest": {"x-order": 3, "type": "integer", "title": "Largest answer", "minimum": 1, "maximum": 1024, "x-unit": "MiB"},
              "follow": {"x-order": 4, "type": "boolean", "title": "Follow redirects", "default": true},
              "headers": {"x-order": 5, "type": "object", "title": "Headers"},
              "accept": {"x-order": 6, "type": "array", "items": {"type": "string"}, "title": "Accepted types"},
              "body": {"x-order": 7, "type": "string", "x-multiline": true, "title": "Body"}}})"),
          type("read_csv", "Read CSV", "Read a table from a file", "Files", "import", "{}"),
          type("write_excel", "Write Excel", "Write a table for Excel", "Files", "export", "{}"),
          type("join", "Join", "Join two tables by a column", "Tables", "link", "{}"),
          type("aggregate", "Aggregate", "Sum and count by group", "Tables", "data", "{}"),
          type("send_mail", "Send e-mail", "Write to people, a report for instance", "Network", "mail", "{}"),
          type("run_command", "Run command", "Start a program", "Programs", "log", "{}")})
        types.insert(one.name, one);
    return types;
}

/// Read orders -> Fetch prices -> Write report, with a mail on failure.
inline FlowFile panelFlow()
{
    FlowFile file;
    Flow &flow = file.flow;
    flow.id = QStringLiteral("monthly-report");
    flow.name = QStringLiteral("Monthly report");
    flow.startTask = QStringLiteral("Read orders");
    const auto task = [&flow](const char *name, const char *type) {
        Task result;
        result.name = QString::fromLatin1(name);
        result.type = QString::fromLatin1(type);
        flow.tasks.append(result);
    };
    task("Read orders", "read_csv");
    task("Fetch prices", "http_request");
    task("Write report", "write_excel");
    task("Tell the team", "send_mail");
    flow.tasks[1].config = QJsonObject{{QStringLiteral("url"), QStringLiteral("https://api.shop/prices")}};
    flow.tasks[1].retry = RetryPolicy{3, 1, 2, std::nullopt};
    const auto condition = [&flow](const char *name, const char *source, Outcome outcome, const char *matched,
                                   const char *otherwise, const char *when = "") {
        Condition result;
        result.name = QString::fromLatin1(name);
        result.sourceTask = QString::fromLatin1(source);
        result.outcome = outcome;
        result.when = QString::fromLatin1(when);
        result.targetTaskSuccess = QString::fromLatin1(matched);
        result.targetTaskFailure = QString::fromLatin1(otherwise);
        flow.conditions.append(result);
    };
    condition("orders read", "Read orders", Outcome::Success, "Fetch prices", "Tell the team");
    condition("many prices", "Fetch prices", Outcome::Success, "Write report", "",
              "tasks['Fetch prices'].data.count > 0");
    condition("no prices", "Fetch prices", Outcome::Any, "Tell the team", "");
    return file;
}

} // namespace flow
