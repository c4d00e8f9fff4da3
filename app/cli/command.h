// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "output.h"
#include "service/configuration.h"
#include "service/flow_service.h"

#include <QCommandLineParser>

#include <functional>

namespace flow::cli {

/// What a command works with: its parsed options, and the service when it asks for it.
class Call
{
public:
    Call(const QString &command, const QCommandLineParser &parser)
        : m_command(command)
        , m_parser(parser)
    {
    }

    const QString &command() const { return m_command; }
    QStringList arguments() const { return m_parser.positionalArguments(); }
    bool has(const char *option) const { return m_parser.isSet(QString::fromLatin1(option)); }
    QString value(const char *option) const { return m_parser.value(QString::fromLatin1(option)); }
    QStringList values(const char *option) const { return m_parser.values(QString::fromLatin1(option)); }

    /// Says once what in the files is no setting.
    Result<Configuration> configuration() const;
    enum class Lifetime { EndsWithTheCommand, Stays };
    /// Opens the data folder; starts the program's log in it.
    Result<std::unique_ptr<FlowService>> openService(Lifetime lifetime = Lifetime::EndsWithTheCommand) const;

private:
    QString m_command;
    const QCommandLineParser &m_parser;
    mutable bool m_hasWarned = false;
};

/// One command of the program.
struct Command
{
    QString name;      ///< one or two words: "run", "flows list"
    QString arguments; ///< for the usage line
    QString summary;
    QString details; ///< examples included
    QList<QCommandLineOption> options;
    int least = 0; ///< positional arguments
    int most = 0;
    std::function<int(const Call &call)> run;
};

/// All commands in the order of the overview.
QList<Command> commands();

QList<Command> runCommands();   ///< run, validate, eval
QList<Command> serveCommands(); ///< serve, token
QList<Command> flowsCommands();
QList<Command> executionsCommands();
QList<Command> controlCommands(); ///< executions pause, continue, ...
QList<Command> tasksCommands();
QList<Command> secretsCommands();
QList<Command> dbCommands();

} // namespace flow::cli
