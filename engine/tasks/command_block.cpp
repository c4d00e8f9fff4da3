// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/command_block.h"

#include "tasks/program_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcessEnvironment>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ChildProcess", text);
}

/// What no system can hand over. Names, never values.
Result<void> checkTexts(const ChildCommand &command)
{
    const auto refused = [](const QString &reason) { return Error{.code = ErrorCode::NotAllowed, .reason = reason}; };
    if (command.program.contains(QChar(0)))
        return refused(tr("the program's name contains a zero character"));
    if (command.folder.contains(QChar(0)))
        return refused(tr("the working folder's name contains a zero character"));
    for (qsizetype i = 0; i < command.arguments.size(); ++i) {
        if (command.arguments[i].contains(QChar(0)))
            return refused(tr("argument %1 contains a zero character, which no program can be given").arg(i + 1));
    }
    for (auto variable = command.environment.begin(); variable != command.environment.end(); ++variable) {
        if (variable.key().isEmpty() || variable.key().contains(u'=') || variable.key().contains(QChar(0)))
            return refused(tr("'%1' cannot be the name of an environment variable").arg(variable.key()));
        if (variable.value().contains(QChar(0)))
            return refused(tr("the environment variable '%1' contains a zero character").arg(variable.key()));
    }
    return {};
}

} // namespace

Result<CommandBlock> CommandBlock::of(const ChildCommand &command)
{
    if (const Result<void> checked = checkTexts(command); !checked)
        return checked.error();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DATABASE_URL")); // may hold this program's password, which is nobody else's
    for (auto variable = command.environment.begin(); variable != command.environment.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    const Result<QString> folder = workingFolder(command.folder);
    if (!folder)
        return folder.error();
    const Result<QString> program =
        programFile(command.program, *folder,
                    environment.value(QStringLiteral("PATH"), QStringLiteral("/usr/local/bin:/usr/bin:/bin")));
    if (!program)
        return program.error();

    CommandBlock block;
    block.m_program = QFile::encodeName(*program);
    block.m_folder = QFile::encodeName(*folder);
    const auto add = [&block](std::vector<char *> &list, const QString &text) {
        block.m_texts << text.toLocal8Bit();
        list.push_back(block.m_texts.last().data());
    };
    add(block.m_arguments, command.program);
    for (const QString &argument : command.arguments)
        add(block.m_arguments, argument);
    for (const QString &variable : environment.toStringList())
        add(block.m_environment, variable);
    block.m_arguments.push_back(nullptr);
    block.m_environment.push_back(nullptr);
    return block;
}

} // namespace flow
