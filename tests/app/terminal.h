// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowctl_program.h"

/// flowctl on a terminal of its own, as a person has it: all three channels are the terminal.
class Terminal
{
public:
    static constexpr unsigned short columns = 60;

    Terminal(const Flowctl &flowctl, const QStringList &arguments, const Flowctl::Variables &variables = {});
    /// Ends what still runs.
    ~Terminal();
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    /// Reads until `text` has come; false when the program ends before.
    bool waitFor(const QByteArray &text);
    void type(const QByteArray &keys) const;
    /// Reads until the program ends; its exit code, or -1 when a signal ended it.
    int waitForEnd();
    /// Whether what is typed shows.
    bool isEchoing() const;
    /// Everything that stood on the terminal so far.
    const QByteArray &screen() const { return m_screen; }

private:
    bool read();

    pid_t m_process = -1;
    int m_terminal = -1;
    QByteArray m_screen;
};
