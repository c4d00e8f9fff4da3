// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_command.h"

#include "base/json.h"
#include "expression/expression.h"
#include "input_values.h"
#include "library_view.h"
#include "model/flow_file.h"
#include "model/validate.h"

namespace flow::cli {

namespace {

QString placeOf(const Flow &flow, const Place &place)
{
    switch (place.kind) {
    case Place::Kind::Task:
        return QStringLiteral("tasks[%1] \"%2\"").arg(place.index).arg(flow.tasks.value(place.index).name);
    case Place::Kind::Condition:
        return QStringLiteral("conditions[%1] \"%2\"").arg(place.index).arg(flow.conditions.value(place.index).name);
    case Place::Kind::Flow:
        break;
    }
    return Cli::tr("flow");
}

/// One problem on a line of stdout, so that compilers' lines and ours can be read by the same tools.
void printProblem(const QString &place, bool isError, const QString &text)
{
    print(QStringLiteral("%1: %2: %3").arg(place, isError ? Cli::tr("error") : Cli::tr("warning"), text));
}

void printErrors(QList<Error> errors, const QString &name)
{
    for (Error &error : errors) {
        const QString place = error.line > 0 ? QStringLiteral("%1:%2").arg(name).arg(error.line) : name;
        error.file.clear();
        error.line = 0;
        printProblem(place, true, error.text());
    }
}

int validateFile(const QString &file, const TaskTypes &types, LibraryView &library)
{
    const QString name = inputName(file);
    const Result<QByteArray> text = readInput(file);
    if (!text)
        return failToRead(text.error());
    const FlowFileReading reading = readFlowFile(*text, name);
    if (!reading.ok()) {
        printErrors(reading.errors, name);
        return Invalid;
    }
    const QList<Issue> issues = validate(reading.file.flow, types, library.forCheckOf(reading.file.flow, types, name));
    for (const Issue &issue : issues) {
        printProblem(name, issue.severity == Severity::Error,
                     placeOf(reading.file.flow, issue.place) + QStringLiteral(": ") + issue.text);
    }
    if (issues.isEmpty())
        print(Cli::tr("%1: no problems found").arg(name));
    return hasErrors(issues) ? Invalid : Completed;
}

} // namespace

int validateFiles(const Call &call)
{
    const TaskTypes types = builtInTasks().types();
    LibraryView library(call);
    int worst = Completed;
    for (const QString &name : call.arguments())
        worst = std::max(worst, validateFile(name, types, library));
    return worst;
}

int evaluate(const Call &call)
{
    const QString contextFile = call.has("context") ? call.value("context") : QString();
    const Result<QJsonObject> context = inputContext({}, contextFile);
    if (!context)
        return failToRead(context.error());
    Expression::Variables variables;
    for (auto member = context->begin(); member != context->end(); ++member)
        variables.insert(member.key(), member.value());
    const Result<Expression> expression =
        Expression::compile(call.arguments().first(), contextFile.isNull() ? QStringList() : context->keys());
    if (!expression)
        return fail(expression.error());
    const Result<QJsonValue> value = expression->evaluate(variables);
    if (!value)
        return fail(value.error());
    print(QString::fromUtf8(json::write(*value)).trimmed());
    return Completed;
}

} // namespace flow::cli
