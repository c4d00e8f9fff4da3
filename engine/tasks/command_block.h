// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/child_process.h"

#include <QByteArrayList>

#include <vector>

namespace flow {

/// A ChildCommand as the system wants it: bytes and lists of pointers to them, made before the fork because nothing can
/// be made after it. Belongs to ChildProcess.
class CommandBlock
{
public:
    /// Fails when the program, its folder or a text cannot be handed to the system.
    static Result<CommandBlock> of(const ChildCommand &command);

    const char *program() const { return m_program.constData(); }
    char *const *arguments() const { return m_arguments.data(); }
    char *const *environment() const { return m_environment.data(); }
    const char *folder() const { return m_folder.constData(); }

private:
    QByteArray m_program;
    QByteArray m_folder;
    QByteArrayList m_texts; ///< what the pointers point into
    std::vector<char *> m_arguments;
    std::vector<char *> m_environment;
};

} // namespace flow
