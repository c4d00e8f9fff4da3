// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/server_controller.h"

#include "shell/questions.h"
#include "shell/server_pill.h"
#include "shell/service_handle.h"

#include <QAction>
#include <QSignalBlocker>

namespace flow {

ServerController::ServerController(const ShellContext &context, RestServer *server, QAction *action, ServerPill *pill,
                                   QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_server(server)
    , m_action(action)
    , m_pill(pill)
    , m_port(context.service->settings().port)
{
    connect(action, &QAction::triggered, this, &ServerController::toggle);
    connect(pill, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(context.service, &ServiceHandle::opened, this, &ServerController::refreshAction);
    connect(server, &RestServer::stopped, this, &ServerController::showStopped);
    connect(server, &RestServer::started, this, [this](const QString &address) {
        m_action->setChecked(true);
        m_pill->setState(ServerPill::State::On, address);
        Q_EMIT said(tr("The REST server listens on %1").arg(address));
    });
    connect(server, &RestServer::failed, this, [this](const Error &error) {
        showStopped();
        tell(m_context.window, tr("The REST server could not be started on port %1").arg(m_port), error);
    });
    showStopped();
    refreshAction();
}

void ServerController::refreshAction()
{
    m_action->setEnabled(m_context.service->service());
    m_pill->setEnabled(m_action->isEnabled());
}

void ServerController::toggle(bool on)
{
    if (!on)
        return m_server->stop();
    m_pill->setState(ServerPill::State::Starting);
    m_server->start(m_context.service->service(), m_port);
}

void ServerController::showStopped()
{
    m_action->setChecked(false);
    m_pill->setState(ServerPill::State::Off);
}

} // namespace flow
