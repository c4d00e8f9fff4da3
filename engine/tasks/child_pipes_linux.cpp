// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/child_pipes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

namespace flow {

namespace {

Error failed(int number)
{
    return Error{.code = ErrorCode::Io,
                 .reason = QCoreApplication::translate("ChildProcess", "no pipe to a new process could be opened: %1")
                               .arg(qt_error_string(number))};
}

bool writeAll(int file, const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t size = ::write(file, bytes.constData() + done, size_t(bytes.size() - done));
        if (size < 0 && errno != EINTR)
            return false;
        done += std::max<ssize_t>(size, 0);
    }
    return ::lseek(file, 0, SEEK_SET) == 0;
}

Result<FileHandle> inputFile(const QByteArray &input)
{
    // A file in memory only: input may be a secret.
    FileHandle file(input.isEmpty() ? ::open("/dev/null", O_RDONLY | O_CLOEXEC) : ::memfd_create("input", MFD_CLOEXEC));
    if (!file.isOpen() || (!input.isEmpty() && !writeAll(file.get(), input)))
        return failed(errno);
    return file;
}

bool openPipe(FileHandle *ours, FileHandle *theirs)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return false;
    *ours = FileHandle(ends[0]);
    *theirs = FileHandle(ends[1]);
    return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
}

/// Bytes read; 0 when there are none.
qsizetype readSome(FileHandle &pipe, qsizetype most, const ChildProcess::Reader &reader)
{
    std::array<char, 64 * 1024> bytes;
    const ssize_t size = ::read(pipe.get(), bytes.data(), size_t(std::min<qsizetype>(most, bytes.size())));
    if (size > 0)
        reader(QByteArrayView(bytes.data(), size));
    else if (size == 0 || (errno != EAGAIN && errno != EINTR))
        pipe.close();
    return std::max<qsizetype>(size, 0);
}

} // namespace

Result<ChildPipes> ChildPipes::open(const QByteArray &input)
{
    ChildPipes pipes;
    if (!openPipe(&pipes.output, &pipes.theirOutput) || !openPipe(&pipes.errors, &pipes.theirErrors))
        return failed(errno);
    Result<FileHandle> file = inputFile(input);
    if (!file)
        return file.error();
    pipes.theirInput = std::move(*file);
    return pipes;
}

void ChildPipes::closeTheirs()
{
    theirInput.close();
    theirOutput.close();
    theirErrors.close();
}

void readOnce(FileHandle &pipe, const ChildProcess::Reader &reader)
{
    readSome(pipe, 64 * 1024, reader);
}

void readRest(FileHandle &pipe, const ChildProcess::Reader &reader)
{
    int rest = 0;
    if (!pipe.isOpen() || ::ioctl(pipe.get(), FIONREAD, &rest) != 0)
        return;
    // No more than that: somebody we do not know may have been handed the other end, and writes on.
    while (rest > 0 && pipe.isOpen()) {
        const qsizetype size = readSome(pipe, rest, reader);
        if (size == 0)
            return;
        rest -= int(size);
    }
}

} // namespace flow
