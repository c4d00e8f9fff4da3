// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/child_pipes.h"
#include "tasks/child_process.h"
#include "tasks/command_block.h"
#include "tasks/process_guard.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>

namespace flow {

namespace {

constexpr std::chrono::milliseconds patienceWhenStopped = guardPatience + std::chrono::milliseconds(80);
constexpr std::chrono::milliseconds patienceWithWatcher{50};
constexpr std::chrono::seconds patienceAfterEnd{10};

Error failed(const QString &program, const QString &reason)
{
    return Error{
        .code = ErrorCode::Io,
        .reason =
            QCoreApplication::translate("ChildProcess", "the program '%1' cannot be started: %2").arg(program, reason)};
}

QString whyNotExecuted(int number)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("ChildProcess", text); };
    switch (number) {
    case E2BIG:
        return tr("its arguments and environment are too long for the system");
    case ENOEXEC:
        return tr("the system does not know how to run such a file");
    case ENOENT: // the file was there
        return tr("what its first line names to run it with does not exist");
    case EACCES:
        return tr("the system does not permit it");
    case ETXTBSY:
        return tr("another program is writing to it");
    default:
        return qt_error_string(number);
    }
}

bool hasBeenReaped(pid_t watcher)
{
    const pid_t reaped = ::waitpid(watcher, nullptr, WNOHANG);
    return reaped == watcher || (reaped < 0 && errno != EINTR);
}

/// Reaps the watcher, which ends right after the guard when nobody is left. One that does not (the system has yet to
/// end something, or somebody has stopped it) is left to a thread that does nothing but wait.
void reap(pid_t watcher, bool nobodyIsLeft)
{
    QDeadlineTimer patience(nobodyIsLeft ? patienceWithWatcher : std::chrono::milliseconds(0));
    while (!hasBeenReaped(watcher)) {
        if (patience.hasExpired()) {
            std::thread([watcher] {
                while (::waitpid(watcher, nullptr, 0) < 0 && errno == EINTR) {}
            }).detach();
            return;
        }
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

} // namespace

struct ChildProcess::Private
{
    QString program;
    Guard guard;
    ChildPipes pipes;
    FileHandle wakeUp; ///< readable once we are cancelled
    std::optional<ChildEnd> end = {};
    std::optional<Error> startError = {};
    qint64 commandGroup = 0;
    bool guardDone = false; ///< its last message, or the end of the socket, has come

    void watch(const ChildProcess::Reader &output, const ChildProcess::Reader &errors, bool *stopped);
    void takeMessage();
    void leave(std::chrono::milliseconds patience);
};

/// Ends when the guard is done or has taken too long.
void ChildProcess::Private::watch(const Reader &output, const Reader &errors, bool *stopped)
{
    QDeadlineTimer deadline(QDeadlineTimer::Forever);
    while (!guardDone && !deadline.hasExpired()) {
        std::array<pollfd, 4> watched{pollfd{guard.control.get(), POLLIN, 0},
                                      pollfd{*stopped ? -1 : wakeUp.get(), POLLIN, 0},
                                      pollfd{pipes.output.get(), POLLIN, 0}, pollfd{pipes.errors.get(), POLLIN, 0}};
        ::poll(watched.data(), watched.size(), int(deadline.remainingTime()));
        if (watched[1].revents != 0) {
            *stopped = true;
            deadline.setRemainingTime(patienceWhenStopped);
        }
        if (watched[2].revents != 0)
            readOnce(pipes.output, output);
        if (watched[3].revents != 0)
            readOnce(pipes.errors, errors);
        if (watched[0].revents != 0)
            takeMessage();
        if ((end || startError) && deadline.isForever())
            deadline.setRemainingTime(patienceAfterEnd);
    }
}

void ChildProcess::Private::takeMessage()
{
    GuardMessage message{};
    const ssize_t size = ::recv(guard.control.get(), &message, sizeof message, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size != sizeof message) {
        guardDone =
            true; // both killed by somebody: the command was told to die with them, its group we reach ourselves
        if (commandGroup > 0 && !end)
            ::kill(pid_t(-commandGroup), SIGKILL);
        return;
    }
    switch (message.kind) {
    case GuardMessage::Kind::Started:
        commandGroup = message.value;
        break;
    case GuardMessage::Kind::NoProcess:
        startError = failed(program, qt_error_string(message.value));
        break;
    case GuardMessage::Kind::NoFolder:
        startError = failed(
            program,
            QCoreApplication::translate("ChildProcess", "the working folder: %1").arg(qt_error_string(message.value)));
        break;
    case GuardMessage::Kind::NoProgram:
        startError = failed(program, whyNotExecuted(message.value));
        break;
    case GuardMessage::Kind::Exited:
        end = ChildEnd{ChildEnd::How::Exited, message.value};
        break;
    case GuardMessage::Kind::Signalled:
        end = ChildEnd{ChildEnd::How::Signalled, message.value};
        break;
    case GuardMessage::Kind::NobodyLeft:
        guardDone = true;
        break;
    }
}

/// Makes the guard kill whatever is there and waits for it, but not for ever.
void ChildProcess::Private::leave(std::chrono::milliseconds patience)
{
    if (guard.processId <= 0)
        return;
    ::shutdown(guard.control.get(), SHUT_WR);
    QDeadlineTimer deadline(patience);
    while (!guardDone && !deadline.hasExpired()) {
        pollfd watched{guard.control.get(), POLLIN, 0};
        ::poll(&watched, 1, int(deadline.remainingTime()));
        if (watched.revents != 0)
            takeMessage();
    }
    reap(pid_t(std::exchange(guard.processId, 0)), guardDone);
}

Result<ChildProcess> ChildProcess::start(const ChildCommand &command)
{
    const Result<CommandBlock> block = CommandBlock::of(command);
    if (!block)
        return block.error();
    Result<ChildPipes> pipes = ChildPipes::open(command.input);
    if (!pipes)
        return pipes.error();
    FileHandle wakeUp(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wakeUp.isOpen())
        return failed(command.program, qt_error_string(errno));
    Result<Guard> guard = startGuard({.program = block->program(),
                                      .arguments = block->arguments(),
                                      .environment = block->environment(),
                                      .folder = block->folder(),
                                      .input = pipes->theirInput.get(),
                                      .output = pipes->theirOutput.get(),
                                      .errors = pipes->theirErrors.get()});
    if (!guard)
        return failed(command.program, guard.error().reason);
    pipes->closeTheirs();
    return ChildProcess(
        std::make_unique<Private>(Private{command.program, std::move(*guard), std::move(*pipes), std::move(wakeUp)}));
}

ChildProcess::ChildProcess(std::unique_ptr<Private> content)
    : d(std::move(content))
{
}

ChildProcess::ChildProcess(ChildProcess &&other) noexcept = default;

ChildProcess::~ChildProcess()
{
    if (d)
        d->leave(patienceWhenStopped);
}

qint64 ChildProcess::rootProcessId() const
{
    return d->guard.processId;
}

Result<ChildEnd> ChildProcess::wait(const Reader &output, const Reader &errors, const CancelToken &cancel)
{
    bool stopped = false;
    {
        // From the cancelling thread, so that a reader that takes its time delays nothing.
        const auto handle = cancel.onCancelled([control = d->guard.control.get(), wakeUp = d->wakeUp.get()] {
            const GuardWish wish = GuardWish::Stop;
            ::send(control, &wish, sizeof wish, MSG_NOSIGNAL | MSG_DONTWAIT);
            ::eventfd_write(wakeUp, 1);
        });
        d->watch(output, errors, &stopped);
    }
    if (d->guardDone) {
        // Whoever wrote is dead. What came in before that is still there.
        readRest(d->pipes.output, output);
        readRest(d->pipes.errors, errors);
    }
    d->leave({});
    if (d->startError && !stopped)
        return *d->startError;
    if (!d->end && !stopped)
        return Error{.code = ErrorCode::Internal,
                     .reason = QCoreApplication::translate("ChildProcess",
                                                           "the program '%1' ended because the process that watches "
                                                           "over it was killed by somebody")
                                   .arg(d->program)};
    ChildEnd end = d->end.value_or(ChildEnd());
    if (stopped)
        end = {ChildEnd::How::Stopped, 0};
    end.allGone = d->guardDone;
    return end;
}

QString signalText(int number)
{
    const char *name = ::sigabbrev_np(number);
    return name ? QStringLiteral("%1 (SIG%2)").arg(number).arg(QLatin1String(name)) : QString::number(number);
}

} // namespace flow
