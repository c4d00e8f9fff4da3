// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

namespace flow::test {

/// A real program that serves REST, to be killed. Main thread.
class ServerProgram
{
public:
    enum class Kind { Flowctl, FlowManager };

    /// Starts it; returns at once.
    ServerProgram(Kind kind, const QString &dataDir);
    /// Kills it.
    ~ServerProgram();
    Q_DISABLE_COPY_MOVE(ServerProgram)

    /// False when it ends before, or takes a minute.
    bool waitUntilListening();
    quint16 port() const { return m_port; }
    /// SIGKILL; returns when it is gone.
    void kill();
    /// What it said on standard error.
    QByteArray complaints() { return m_process.readAllStandardError(); }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace flow::test
