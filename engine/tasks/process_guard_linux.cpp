// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/process_guard.h"

#include <QCoreApplication>

#include <array>
#include <cerrno>
#include <csignal>
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
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(order.program, order.arguments, order.environment);
    tell(GuardMessage::Kind::NoProgram, errno);
    ::_exit(127);
}

/// The command with its group, also when it has gone to another one. Only while it is not reaped.
void signalCommand(pid_t command, int number)
{
    if (::kill(-command, number) != 0 || ::getpgid(command) != command)
        ::kill(command, number);
}

/// True when it has ended. It is not reaped, so that its number, which is that of its group, stays its own.
bool hasEnded(pid_t process, siginfo_t *how)
{
    how->si_pid = 0;
    const int result = ::waitid(P_PID, id_t(process), how, WEXITED | WNOHANG | WNOWAIT);
    return result == 0 && how->si_pid == process;
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

void drain(int signals)
{
    signalfd_siginfo info;
    while (::read(signals, &info, sizeof info) > 0) {}
}

/// Orphans of the command come to us, its subreaper.
void reapOrphans(pid_t command)
{
    siginfo_t how{};
    while (::waitid(P_ALL, 0, &how, WEXITED | WNOHANG | WNOWAIT) == 0 && how.si_pid != 0 && how.si_pid != command)
        ::waitpid(how.si_pid, nullptr, 0);
}

/// Returns when the command has ended, or has to.
void attend(pid_t command, int signals)
{
    qint64 killAt = -1;
    for (;;) {
        siginfo_t how{};
        if (hasEnded(command, &how))
            return tellEnd(how);
        reapOrphans(command);
        const qint64 now = millisecondsNow();
        if (killAt >= 0 && now >= killAt)
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

/// Kills our children, of which the command's number is left alone; true when there were others.
bool killChildren(pid_t command)
{
    const int list = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (list < 0)
        return false;
    bool others = false;
    std::array<char, 4096> text;
    pid_t child = 0;
    for (ssize_t size = 0; (size = ::read(list, text.data(), text.size())) > 0;) {
        for (ssize_t i = 0; i < size; ++i) {
            if (text[i] >= '0' && text[i] <= '9') {
                child = child * 10 + (text[i] - '0');
                continue;
            }
            if (child > 0 && child != command) {
                others = true;
                ::kill(child, SIGKILL);
                ::waitpid(child, nullptr, WNOHANG);
            }
            child = 0;
        }
    }
    ::close(list);
    return others;
}

/// Returns when nothing is left below us. What a child leaves behind becomes our child, so going on ends with all.
void killAll(pid_t command, int signals)
{
    bool reaped = false;
    for (int round = 0;; ++round) {
        if (!reaped)
            signalCommand(command, SIGKILL);
        const bool others = killChildren(reaped ? 0 : command);
        siginfo_t how{};
        if (!reaped && !others && hasEnded(command, &how)) {
            ::waitpid(command, nullptr, 0);
            reaped = true;
        }
        if (reaped && ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD)
            return;
        // Most have ended by now; one that the system cannot end yet is asked less and less often.
        pollfd watched{signals, POLLIN, 0};
        ::poll(&watched, 1, round < 50 ? 1 : 100);
        drain(signals);
    }
}

[[noreturn]] void beGuard(const GuardOrder &order, int control)
{
    resetSignals();
    ::setsid();
    ::prctl(PR_SET_NAME, "flow-guard");
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || !keepOnly(order, control))
        ::_exit(127);
    sigset_t ofChildren;
    ::sigemptyset(&ofChildren);
    ::sigaddset(&ofChildren, SIGCHLD);
    const int signals = ::signalfd(-1, &ofChildren, SFD_CLOEXEC | SFD_NONBLOCK);
    const pid_t self = ::getpid();
    // Goes on when the command runs; another copy of our program's memory would take as long again as the first.
    const pid_t command = signals < 0 ? -1 : ::vfork();
    if (command == 0)
        becomeCommand(order, self);
    if (command < 0) {
        tell(GuardMessage::Kind::NoProcess, errno);
        ::_exit(127);
    }
    tell(GuardMessage::Kind::Started, command);
    for (int place = 0; place < controlPlace; ++place)
        ::close(place);
    if (::chdir("/") != 0) {
        // Only that a folder stays in use for so long.
    }
    attend(command, signals);
    killAll(command, signals);
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
        beGuard(order, theirs.get());
    const int number = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (guard < 0)
        return noGuard(number);
    return Guard{guard, std::move(ours)};
}

} // namespace flow
