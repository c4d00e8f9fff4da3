// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace flow::test {

/// A PostgreSQL server of this test program alone, so that it may be stopped; see tests/support/postgres_server.
class PrivateServer
{
public:
    PrivateServer() { m_runs = call({QStringLiteral("start"), state()}); }
    ~PrivateServer()
    {
        if (m_runs)
            call({QStringLiteral("stop"), state()});
    }
    Q_DISABLE_COPY_MOVE(PrivateServer)

    bool runs() const { return m_runs; }
    QString url() const
    {
        QFile file(state());
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll()).section(u'\n', 2, 2);
    }
    bool restart() { return call({QStringLiteral("restart"), state()}); }
    bool crash() { return call({QStringLiteral("restart"), state(), QStringLiteral("immediate")}); }
    bool halt() { return call({QStringLiteral("halt"), state()}); }
    bool resume() { return call({QStringLiteral("resume"), state()}); }

private:
    QString state() const { return m_folder.filePath(QStringLiteral("state")); }
    static bool call(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(FLOW_SOURCE_DIR "/tests/support/postgres_server"), arguments);
        return process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit &&
               process.exitCode() == 0;
    }

    QTemporaryDir m_folder;
    bool m_runs = false;
};

} // namespace flow::test
