// SPDX-License-Identifier: GPL-3.0-or-later
#include "signal_watcher.h"

#include <atomic>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace flow::cli {

namespace {

int wakePipe[2] = {-1, -1};
std::atomic<int> received = 0;

/// Only calls that are safe in a signal handler.
void handle(int number)
{
    if (++received > 1)
        _exit(128 + number);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakePipe[0], &byte, 1);
}

/// Unlike SIG_IGN, a function is not handed on to the processes that tasks start.
void ignore(int) {}

void install(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, nullptr);
}

/// As under nohup.
bool isIgnored(int number)
{
    struct sigaction action = {};
    return ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wakePipe) != 0)
        return; // the signals keep their usual effect
    m_notifier = new QSocketNotifier(wakePipe[1], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(wakePipe[1], &byte, 1) == 1)
            Q_EMIT interrupted();
    });
    for (const int number : {SIGINT, SIGTERM})
        install(number, handle);
    m_watchesHangup = !isIgnored(SIGHUP);
    if (m_watchesHangup)
        install(SIGHUP, handle);
    install(SIGPIPE, ignore);
}

SignalWatcher::~SignalWatcher()
{
    // Not SIGPIPE: what the program still does, such as final tasks, must not end because nobody reads its last words.
    for (const int number : {SIGINT, SIGTERM})
        install(number, SIG_DFL);
    if (m_watchesHangup)
        install(SIGHUP, SIG_DFL);
    delete m_notifier;
    for (int &end : wakePipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace flow::cli
