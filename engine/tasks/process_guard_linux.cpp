// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/process_guard.h"

#include "base/core_files.h"
#include "tasks/process_tree.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace flow {

namespace {

// Our program has many threads, so what runs behind fork() may only make system calls: another thread may have held any
// lock, that of malloc too, and is gone now.

/// Where the guard keeps its end of the socket; 0, 1 and 2 are the command's.
constexpr int controlPlace = 3;

void tell(GuardMessage::Kind kind, int value)
{
    const GuardMessage message{kind, value};
    ::send(controlPlace, &message, sizeof message, MSG_NOSIGNAL);
}

qint64 millisecondsNow()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

/// Handlers are our program's; a command also must not inherit what we ignore.
void resetSignals()
{
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        ::sigaction(number, &standard, nullptr);
}

void closeFrom(unsigned first)
{
    if (::syscall(SYS_close_range, first, ~0U, 0) == 0)
        return;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    for (rlim_t descriptor = first; descriptor < limit.rlim_cur; ++descriptor)
        ::close(int(descriptor));
}

/// Nothing of ours stays open here: not the sockets of other guards, which would keep each other alive.
bool keepOnly(const GuardOrder &order, int control)
{
    std::array<int, controlPlace + 1> kept{order.input, order.output, order.errors, control};
    for (int &descriptor : kept) {
        descriptor = ::fcntl(descriptor, F_DUPFD, int(kept.size()));
        if (descriptor < 0)
            return false;
    }
    for (int place = 0; place < controlPlace; ++place) {
        if (::dup2(kept[place], place) < 0)
            return false;
    }
    if (::dup3(kept[controlPlace], controlPlace, O_CLOEXEC) < 0)
        return false;
    closeFrom(controlPlace + 1);
    return true;
}

[[noreturn]] void becomeCommand(const GuardOrder &order, pid_t guard)
{
    ::setpgid(0, 0);
    // Somebody may kill the guard; the guard has one thread, so that this means its end.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != guard)
        ::_exit(127);
    if (::chdir(order.folder) != 0) {
        tell(GuardMessage::Kind::NoFolder, errno);
        ::_exit(127);
    }
    restoreCoreFiles();
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(order.program, order.arguments, order.environment);
    tell(GuardMessage::Kind::NoProgram, errno);
    ::_exit(127);
}

void tellEnd(const siginfo_t &how)
{
    tell(how.si_code == CLD_EXITED ? GuardMessage::Kind::Exited : GuardMessage::Kind::Signalled, how.si_status);
}

/// Whether our program wants the end: at once when it has gone.
enum class Wish { None, Stop, Kill };

Wish wishOf(const pollfd &control)
{
    if (control.revents == 0)
        return Wish::None;
    char wish = 0;
    const ssize_t size = ::recv(controlPlace, &wish, 1, MSG_DONTWAIT);
    if (size == 1)
        return Wish::Stop;
    return size < 0 && (errno == EAGAIN || errno == EINTR) ? Wish::None : Wish::Kill;
}

/// Returns when the command has ended, or has to.
void attend(pid_t command, pid_t watcher, int signals)
{
    qint64 killAt = -1;
    for (;;) {
        siginfo_t how{};
        if (hasEnded(command, &how))
            return tellEnd(how);
        reapOrphans(command);
        const qint64 now = millisecondsNow();
        if ((killAt >= 0 && now >= killAt) || ::getppid() != watcher)
            return;
        std::array<pollfd, 2> watched{pollfd{controlPlace, POLLIN, 0}, pollfd{signals, POLLIN, 0}};
        ::poll(watched.data(), watched.size(), killAt < 0 ? -1 : int(killAt - now));
        drain(signals);
        const Wish wish = wishOf(watched[0]);
        if (wish == Wish::Kill)
            return;
        if (wish == Wish::Stop && killAt < 0) {
            killAt = millisecondsNow() + guardPatience.count();
            signalCommand(command, SIGTERM);
            signalCommand(command, SIGCONT); // one that is stopped hears nothing
        }
    }
}

/// What is killed by name must not take its guards along: they are not called as our program is.
void takeName(const char *name)
{
    ::prctl(PR_SET_NAME, name);
    const int file = ::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    char *const start = program_invocation_name; // where the system reads it, unless somebody has changed that
    size_t size = 0;
    std::array<char, 4096> text;
    for (ssize_t more = 0; (more = ::read(file, text.data(), text.size())) > 0; size += size_t(more)) {
        if (::memcmp(start + size, text.data(), size_t(more)) != 0) {
            size = 0;
            break;
        }
    }
    ::close(file);
    for (size_t i = 0; i < size; ++i)
        start[i] = i + 1 < size && *name ? *name++ : '\0';
}

/// Both processes that stand above the command: they survive what ends our program's group or session, what the command
/// leaves behind comes to them, and their memory, a copy of our program's with the secrets that it knew, is shown to
/// nobody.
bool standApart(const char *name)
{
    ::setsid();
    takeName(name);
    ::prctl(PR_SET_DUMPABLE, 0);
    return ::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

void leaveFolderAndChannels()
{
    for (int place = 0; place < controlPlace; ++place)
        ::close(place);
    if (::chdir("/") != 0) {
        // Only that a folder stays in use for so long.
    }
}

int signalsOf(std::initializer_list<int> numbers)
{
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : numbers)
        ::sigaddset(&set, number);
    return ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

[[noreturn]] void beGuard(const GuardOrder &order, pid_t watcher)
{
    const pid_t self = ::getpid();
    constexpr int watcherIsDead = SIGUSR2; // only wakes us: whether it is true says getppid()
    const int signals = signalsOf({SIGCHLD, watcherIsDead});
    if (signals < 0 || !standApart("flow-guard") || ::prctl(PR_SET_PDEATHSIG, watcherIsDead) != 0 ||
        ::getppid() != watcher)
        ::_exit(127);
    // Goes on when the command runs; another copy of our program's memory would take as long again as the first.
    const pid_t command = ::vfork();
    if (command == 0)
        becomeCommand(order, self);
    if (command < 0) {
        tell(GuardMessage::Kind::NoProcess, errno);
        ::_exit(127);
    }
    tell(GuardMessage::Kind::Started, command);
    leaveFolderAndChannels();
    attend(command, watcher, signals);
    killAll(command, signals);
    tell(GuardMessage::Kind::NobodyLeft, 0);
    ::_exit(0);
}

/// The system, short of memory, or a person may kill the guard. Then all of what was below it is below us.
[[noreturn]] void beWatcher(const GuardOrder &order, int control)
{
    resetSignals();
    const int signals = keepOnly(order, control) ? signalsOf({SIGCHLD}) : -1;
    if (signals < 0 || !standApart("flow-watcher"))
        ::_exit(127);
    const pid_t self = ::getpid();
    const pid_t guard = ::fork();
    if (guard == 0)
        beGuard(order, self);
    if (guard < 0) {
        tell(GuardMessage::Kind::NoProcess, errno);
        ::_exit(127);
    }
    leaveFolderAndChannels();
    int how = 0;
    while (::waitpid(guard, &how, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(how))
        ::_exit(WEXITSTATUS(how));
    killAll(0, signals);
    tell(GuardMessage::Kind::NobodyLeft, 0);
    ::_exit(0);
}

Error noGuard(int number)
{
    return Error{.code = ErrorCode::Io,
                 .reason = QCoreApplication::translate("ChildProcess", "no new process could be started: %1")
                               .arg(qt_error_string(number))};
}

} // namespace

Result<Guard> startGuard(const GuardOrder &order)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return noGuard(errno);
    FileHandle ours(ends[0]);
    const FileHandle theirs(ends[1]);
    // Until it has taken them off, our program's signal handlers must not run in the guard. They stay blocked there.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t guard = ::fork();
    if (guard == 0)
        beWatcher(order, theirs.get());
    const int number = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (guard < 0)
        return noGuard(number);
    return Guard{guard, std::move(ours)};
}

} // namespace flow
