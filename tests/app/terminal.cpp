// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal.h"

#include <csignal>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace {

constexpr int patience = 60000;

std::vector<char *> pointers(QList<QByteArray> &texts)
{
    std::vector<char *> all;
    for (QByteArray &text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

QList<QByteArray> encoded(const QStringList &texts)
{
    QList<QByteArray> all;
    for (const QString &text : texts)
        all << text.toLocal8Bit();
    return all;
}

} // namespace

Terminal::Terminal(const Flowctl &flowctl, const QStringList &arguments, const Flowctl::Variables &variables)
{
    // Everything is made before the fork: the child of a process with threads may only make system calls.
    QList<QByteArray> words = encoded(QStringList{QStringLiteral(FLOWCTL)} + arguments +
                                      QStringList{QStringLiteral("--data-dir"), flowctl.dataDir()});
    QList<QByteArray> environment = encoded(flowctl.environment(variables).toStringList());
    const std::vector<char *> wordPointers = pointers(words);
    const std::vector<char *> environmentPointers = pointers(environment);
    const winsize size = {.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    m_process = ::forkpty(&m_terminal, nullptr, nullptr, &size);
    if (m_process == 0) {
        ::execve(wordPointers.front(), wordPointers.data(), environmentPointers.data());
        ::_exit(127);
    }
    if (m_process < 0)
        qFatal("no terminal");
}

Terminal::~Terminal()
{
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
    ::close(m_terminal);
}

bool Terminal::read()
{
    pollfd wait = {m_terminal, POLLIN, 0};
    char buffer[4096];
    if (::poll(&wait, 1, patience) != 1)
        return false;
    const ssize_t count = ::read(m_terminal, buffer, sizeof buffer);
    if (count <= 0) // the other end is closed
        return false;
    m_screen.append(buffer, count);
    return true;
}

bool Terminal::waitFor(const QByteArray &text)
{
    while (!m_screen.contains(text)) {
        if (!read())
            return false;
    }
    return true;
}

void Terminal::type(const QByteArray &keys) const
{
    if (::write(m_terminal, keys.constData(), size_t(keys.size())) != keys.size())
        qFatal("the terminal takes no keys");
}

int Terminal::waitForEnd()
{
    while (read()) {}
    int status = 0;
    ::waitpid(m_process, &status, 0);
    m_process = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool Terminal::isEchoing() const
{
    termios mode = {};
    return ::tcgetattr(m_terminal, &mode) == 0 && (mode.c_lflag & ECHO) != 0;
}
