// SPDX-License-Identifier: GPL-3.0-or-later
#include "hidden_input.h"

#include "input_values.h"
#include "output.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <termios.h>
#include <unistd.h>

namespace flow::cli {

namespace {

termios shownTerminal; // as it was, for the handler of signals

void showAgain(int signal)
{
    (void)tcsetattr(STDIN_FILENO, TCSANOW, &shownTerminal);
    (void)std::raise(signal); // its usual effect: the handler serves once
}

/// The terminal shows nothing of what is typed while one of these lives; also a signal that ends the program leaves it
/// as it was.
class Hidden
{
public:
    Hidden()
    {
        if (tcgetattr(STDIN_FILENO, &shownTerminal) != 0)
            return;
        struct sigaction show = {};
        show.sa_handler = showAgain;
        show.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
        for (size_t i = 0; i < m_signals.size(); ++i)
            (void)sigaction(m_signals[i], &show, &m_before[i]);
        termios hidden = shownTerminal;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_isHidden = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~Hidden()
    {
        if (!m_isHidden)
            return;
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &shownTerminal);
        for (size_t i = 0; i < m_signals.size(); ++i)
            (void)sigaction(m_signals[i], &m_before[i], nullptr);
    }
    Hidden(const Hidden &) = delete;
    Hidden &operator=(const Hidden &) = delete;

    bool isHidden() const { return m_isHidden; }

private:
    static constexpr std::array m_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    std::array<struct sigaction, m_signals.size()> m_before{};
    bool m_isHidden = false;
};

/// Up to the line end, which it takes and does not return; nothing when the input ends before.
std::optional<QByteArray> readLine()
{
    QByteArray line;
    for (char c = 0;;) {
        const ssize_t count = ::read(STDIN_FILENO, &c, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return std::nullopt;
        if (c == '\n')
            return line;
        line += c;
    }
}

} // namespace

Result<QByteArray> readHidden(const QString &question)
{
    if (!isatty(STDIN_FILENO)) {
        Result<QByteArray> text = readInput(QStringLiteral("-"));
        if (text && text->endsWith('\n') && text->count('\n') == 1)
            text->chop(text->endsWith("\r\n") ? 2 : 1);
        return text;
    }
    std::optional<QByteArray> line;
    {
        const Hidden hidden;
        if (!hidden.isHidden())
            return Error{.code = ErrorCode::Io,
                         .reason = Cli::tr("The terminal shows what is typed; give it on stdin")};
        ask(question);
        line = readLine();
    }
    say(QString()); // the line end that was not shown
    if (!line)
        return Error{.code = ErrorCode::Cancelled, .reason = Cli::tr("Nothing was given")};
    return *line;
}

} // namespace flow::cli
