// SPDX-License-Identifier: GPL-3.0-or-later
#include "server_program.h"

#include <QProcessEnvironment>
#include <QRegularExpression>

namespace flow::test {

namespace {

constexpr int patienceMs = 60'000;

#ifdef FLOW_MANAGER
const QString flowManager = QStringLiteral(FLOW_MANAGER);
#else
const QString flowManager;
#endif

} // namespace

ServerProgram::ServerProgram(Kind kind, const QString &dataDir)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("HOME"), dataDir);
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("FLOW_PORT"), QStringLiteral("0"));
    m_process.setProcessEnvironment(environment);
    const bool gui = kind == Kind::FlowManager;
    m_process.start(gui ? flowManager : QStringLiteral(FLOWCTL),
                    {gui ? QStringLiteral("--serve") : QStringLiteral("serve"), QStringLiteral("--data-dir"), dataDir});
}

ServerProgram::~ServerProgram()
{
    kill();
}

bool ServerProgram::waitUntilListening()
{
    static const QRegularExpression address(QStringLiteral("^Listening on http://[^:]+:(\\d+)\n"),
                                            QRegularExpression::MultilineOption);
    QByteArray said;
    while (m_port == 0) {
        if (!m_process.waitForReadyRead(patienceMs))
            return false;
        said += m_process.readAllStandardOutput();
        m_port = address.match(QString::fromUtf8(said)).captured(1).toUShort();
    }
    return true;
}

void ServerProgram::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(patienceMs);
}

} // namespace flow::test
