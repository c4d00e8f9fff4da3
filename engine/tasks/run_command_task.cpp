// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "tasks/built_in_tasks.h"
#include "tasks/child_process.h"
#include "tasks/output_lines.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

constexpr qsizetype keptErrors = 64 * 1024;
constexpr qint64 standardOutputLimit = 1024 * 1024;
constexpr qint64 largestOutputLimit = 16 * 1024 * 1024;

QJsonObject describeSettings()
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("RunCommandTask", text); };
    const QJsonObject text{{QStringLiteral("type"), QStringLiteral("string")}};
    const QJsonObject exitCode{{QStringLiteral("type"), QStringLiteral("integer")},
                               {QStringLiteral("minimum"), 0},
                               {QStringLiteral("maximum"), 255}};
    return SchemaBuilder()
        .path({QStringLiteral("program"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Program")),
               tr(QT_TRANSLATE_NOOP("RunCommandTask", "A program in PATH, such as git, or the path of one"))})
        .list({QStringLiteral("arguments"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Arguments")),
               tr(QT_TRANSLATE_NOOP("RunCommandTask",
                                    "A JSON list of texts, such as [\"log\", \"--oneline\"]. The program gets each as "
                                    "it is: there is no shell, so nothing needs quotes"))},
              text)
        .path({QStringLiteral("working_folder"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Working folder")),
               tr(QT_TRANSLATE_NOOP("RunCommandTask",
                                    "Where the program works. Empty: the folder in which Flow Manager was started"))})
        .hiddenTexts(
            {QStringLiteral("environment"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Environment")),
             tr(QT_TRANSLATE_NOOP("RunCommandTask",
                                  "Environment variables for the program, such as {\"LANG\": \"C\"}, in "
                                  "addition to those that Flow Manager has. May use secrets: ${secret.NAME}"))})
        .hiddenText(
            {QStringLiteral("input"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Input")),
             tr(QT_TRANSLATE_NOOP("RunCommandTask", "What the program reads from its standard input. May use secrets: "
                                                    "${secret.NAME}"))},
            int(largestOutputLimit))
        .choice(
            {QStringLiteral("output"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Output")),
             tr(QT_TRANSLATE_NOOP("RunCommandTask",
                                  "How the standard output becomes data: one text, a JSON value, or a list of lines")),
             QStringLiteral("text")},
            {QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("lines")})
        .list({QStringLiteral("success_exit_codes"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Good exit codes")),
               tr(QT_TRANSLATE_NOOP("RunCommandTask", "A JSON list of the exit codes that mean success")),
               QJsonArray{0}},
              exitCode)
        .integer(
            {QStringLiteral("max_output_bytes"), tr(QT_TRANSLATE_NOOP("RunCommandTask", "Bytes of output")),
             tr(QT_TRANSLATE_NOOP("RunCommandTask",
                                  "How many bytes of the standard output are kept as data. The log says when there "
                                  "was more")),
             standardOutputLimit},
            0, largestOutputLimit)
        .require(QStringLiteral("program"))
        .schema();
}

QJsonObject describeResult()
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("RunCommandTask", text); };
    return SchemaBuilder()
        .returns("exit_code", "integer null",
                 tr(QT_TRANSLATE_NOOP("RunCommandTask", "What the program ended with; null when a signal ended it")))
        .returns("stdout", "",
                 tr(QT_TRANSLATE_NOOP("RunCommandTask",
                                      "The standard output: a text, a JSON value or a list of lines, as output says")))
        .returns("stderr", "string", tr(QT_TRANSLATE_NOOP("RunCommandTask", "The last 64 KiB of the error output")))
        .returns("truncated", "boolean",
                 tr(QT_TRANSLATE_NOOP("RunCommandTask", "Whether there was more standard output than is kept")))
        .mayReturn("signal", "integer",
                   tr(QT_TRANSLATE_NOOP("RunCommandTask", "Number of the signal that ended the program")))
        .schema();
}

/// With the type that standard output has as data. One that should be JSON and is not stays a text.
QJsonObject resultWith(const QJsonObject &config)
{
    const QString output = config.value(u"output").toString();
    QJsonObject schema = describeResult();
    if (output != u"text" && output != u"lines")
        return schema;
    QJsonObject properties = schema.value(u"properties").toObject();
    QJsonObject standardOutput = properties.value(u"stdout").toObject();
    standardOutput.insert(QStringLiteral("type"),
                          output == u"text" ? QStringLiteral("string") : QStringLiteral("array"));
    properties.insert(QStringLiteral("stdout"), standardOutput);
    schema.insert(QStringLiteral("properties"), properties);
    return schema;
}

ChildCommand commandOf(const QJsonObject &config)
{
    ChildCommand command{.program = config.value(u"program").toString(),
                         .folder = config.value(u"working_folder").toString(),
                         .input = config.value(u"input").toString().toUtf8()};
    const QJsonArray arguments = config.value(u"arguments").toArray();
    for (const QJsonValue &argument : arguments)
        command.arguments << argument.toString();
    const QJsonObject environment = config.value(u"environment").toObject();
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        command.environment.insert(variable.key(), variable.value().toString());
    return command;
}

QJsonArray linesOf(QByteArrayView bytes, bool truncated)
{
    QJsonArray lines;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        if (end < 0 && truncated)
            break; // part of a line would look like a whole one
        QByteArrayView line = end < 0 ? bytes : bytes.first(end);
        bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
        lines.append(textOfOutput(line.endsWith('\r') ? line.chopped(1) : line));
    }
    return lines;
}

class RunCommandTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(RunCommandTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("run_command"),
                .title = tr("Run a command"),
                .description = tr("Run a program on this computer"),
                .group = tr("Programs"),
                .icon = QStringLiteral("terminal"),
                .help =
                    tr("Starts the program with exactly these arguments and waits for it. What it writes appears in "
                       "the log as it comes: its output as information, its error output as warnings. Returns "
                       "exit_code, stdout, stderr (the last 64 KiB) and truncated (whether there was more stdout "
                       "than is kept). Fails when the program cannot be started, ends with another exit code than "
                       "the good ones or is ended by a signal, and when its output should be JSON and is not. When "
                       "it has ended or is stopped, everything it started is ended too."),
                .configSchema = describeSettings(),
                .resultSchema = describeResult(),
                .touches = Touch::Processes,
                .retrySafe = false,
                .resultOf = resultWith};
    }

    TaskResult execute(TaskRun &run) override
    {
        if (run.cancel.isCancelled())
            return stopped(run.config);
        Result<ChildProcess> process = ChildProcess::start(commandOf(run.config));
        if (!process)
            return TaskResult::failure(process.error().text());
        OutputLines outputLines([&run](const QString &line) { run.log(LogLevel::Info, line); });
        OutputLines errorLines([&run](const QString &line) { run.log(LogLevel::Warning, line); });
        OutputHead output(run.config.value(u"max_output_bytes").toInteger());
        OutputTail errors(keptErrors);
        const auto readOutput = [&](QByteArrayView bytes) {
            output.add(bytes);
            outputLines.add(bytes);
        };
        const auto readErrors = [&](QByteArrayView bytes) {
            errors.add(bytes);
            errorLines.add(bytes);
        };
        const Result<ChildEnd> end = process->wait(readOutput, readErrors, run.cancel);
        outputLines.finish();
        errorLines.finish();
        if (!end)
            return TaskResult::failure(end.error().text());
        tellWhatIsMissing(run, *end, output, errors);
        return result(run, *end, output, errors);
    }

private:
    static TaskResult stopped(const QJsonObject &config)
    {
        return TaskResult::failure(tr("'%1' was stopped").arg(config.value(u"program").toString()));
    }

    static void tellWhatIsMissing(TaskRun &run, const ChildEnd &end, const OutputHead &output, const OutputTail &errors)
    {
        if (!end.allGone)
            run.log(LogLevel::Warning, tr("Some processes of '%1' could not be ended yet; they will be as soon as the "
                                          "system allows it")
                                           .arg(run.config.value(u"program").toString()));
        if (output.isTruncated())
            run.log(LogLevel::Warning,
                    tr("The output is larger than max_output_bytes: only its first %1 bytes are kept "
                       "as data")
                        .arg(output.bytes().size()));
        if (errors.isTruncated())
            run.log(LogLevel::Warning,
                    tr("Only the last %1 KiB of the error output are kept as data").arg(keptErrors / 1024));
    }

    static TaskResult result(const TaskRun &run, const ChildEnd &end, const OutputHead &output,
                             const OutputTail &errors)
    {
        const QJsonObject &config = run.config;
        const QString program = config.value(u"program").toString();
        if (end.how == ChildEnd::How::Stopped)
            return stopped(config);
        QJsonObject data{{QStringLiteral("stderr"), textOf(run, errors)},
                         {QStringLiteral("truncated"), output.isTruncated()}};
        const bool exited = end.how == ChildEnd::How::Exited;
        data.insert(QStringLiteral("exit_code"), exited ? QJsonValue(end.code) : QJsonValue());
        if (!exited)
            data.insert(QStringLiteral("signal"), end.code);
        const Result<QJsonValue> value = valueOf(run, output);
        // Whoever looks for the cause wants to see it all.
        data.insert(QStringLiteral("stdout"), value ? *value : QJsonValue(textOf(run, output)));
        if (!exited)
            return TaskResult::failure(
                withReason(tr("'%1' was ended by signal %2").arg(program, signalText(end.code)), errors), data);
        if (!config.value(u"success_exit_codes").toArray().contains(end.code))
            return TaskResult::failure(
                withReason(tr("'%1' ended with exit code %2").arg(program).arg(end.code), errors), data);
        if (!value)
            return TaskResult::failure(tr("The output of '%1' is not JSON: %2").arg(program, value.error().text()),
                                       data);
        return TaskResult::success(data);
    }

    static QString withReason(const QString &what, const OutputTail &errors)
    {
        const QString line = errors.lastLine();
        return line.isEmpty() ? what : what + QStringLiteral(": ") + line;
    }

    static QString textOf(const TaskRun &run, const OutputHead &output)
    {
        return run.withoutSecrets(textOfOutput(output.bytes()), output.isTruncated() ? TextCut::End : TextCut::Nowhere);
    }

    static QString textOf(const TaskRun &run, const OutputTail &errors)
    {
        return run.withoutSecrets(textOfOutput(errors.bytes()),
                                  errors.isTruncated() ? TextCut::Begin : TextCut::Nowhere);
    }

    static Result<QJsonValue> valueOf(const TaskRun &run, const OutputHead &output)
    {
        const QString kind = run.config.value(u"output").toString();
        if (kind == u"lines")
            return QJsonValue(linesOf(output.bytes(), output.isTruncated()));
        if (kind == u"text")
            return QJsonValue(textOf(run, output));
        if (output.isTruncated())
            return Error{.code = ErrorCode::TooLarge, .reason = tr("it is longer than max_output_bytes allows")};
        const json::Parsed parsed = json::parse(output.bytes().toByteArray());
        return parsed.errors.isEmpty() ? Result<QJsonValue>(parsed.value) : Result<QJsonValue>(parsed.errors.first());
    }
};

} // namespace

void addRunCommandTask(TaskRegistry &registry)
{
    addTask<RunCommandTask>(registry);
}

} // namespace flow
