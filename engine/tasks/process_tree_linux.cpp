// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/process_tree.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace flow {

namespace {

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

} // namespace

void drain(int signals)
{
    signalfd_siginfo info;
    while (::read(signals, &info, sizeof info) > 0) {}
}

bool hasEnded(pid_t process, siginfo_t *how)
{
    how->si_pid = 0;
    const int result = ::waitid(P_PID, id_t(process), how, WEXITED | WNOHANG | WNOWAIT);
    return result == 0 && how->si_pid == process;
}

void signalCommand(pid_t command, int number)
{
    if (::kill(-command, number) != 0 || ::getpgid(command) != command)
        ::kill(command, number);
}

void reapOrphans(pid_t command)
{
    siginfo_t how{};
    while (::waitid(P_ALL, 0, &how, WEXITED | WNOHANG | WNOWAIT) == 0 && how.si_pid != 0 && how.si_pid != command)
        ::waitpid(how.si_pid, nullptr, 0);
}

void killAll(pid_t command, int signals)
{
    bool reaped = command == 0;
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

} // namespace flow
