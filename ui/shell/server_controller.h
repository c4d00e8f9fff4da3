// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/rest_server.h"
#include "shell/shell_context.h"

class QAction;

namespace flow {

class ServerPill;

/// Switches the REST server on and off by its action, and shows its state in the tool bar. GUI thread.
class ServerController : public QObject
{
    Q_OBJECT

public:
    ServerController(const ShellContext &context, RestServer *server, QAction *action, ServerPill *pill,
                     QObject *parent = nullptr);

    void setPort(quint16 port) { m_port = port; } ///< for the next start
    quint16 port() const { return m_port; }

Q_SIGNALS:
    void said(const QString &text);

private:
    void toggle(bool on);
    void showStopped();
    void refreshAction();

    ShellContext m_context;
    RestServer *m_server;
    QAction *m_action;
    ServerPill *m_pill;
    quint16 m_port;
};

} // namespace flow
