// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/child_process.h"
#include "tasks/file_handle.h"

namespace flow {

/// What joins a command's standard input and outputs to us. Belongs to ChildProcess. No other process inherits any.
struct ChildPipes
{
    FileHandle output; ///< ours to read, without waiting
    FileHandle errors;
    FileHandle theirInput; ///< holds all of the input from the start, so that nobody has to feed it
    FileHandle theirOutput;
    FileHandle theirErrors;

    static Result<ChildPipes> open(const QByteArray &input);
    void closeTheirs();
};

/// At most 64 KiB of what is there; closes the pipe when nobody writes to it any more.
void readOnce(FileHandle &pipe, const ChildProcess::Reader &reader);

/// What is in the pipe at this moment, to its end.
void readRest(FileHandle &pipe, const ChildProcess::Reader &reader);

} // namespace flow
