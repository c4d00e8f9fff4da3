// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QObject>

namespace flow {

class FlowService;

/// The REST server as the window sees it: off until switched on. The program implements it with the real server, so
/// that the window need not know the network. GUI thread; never waits.
class RestServer : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Answers with started() or failed().
    virtual void start(FlowService *service, quint16 port) = 0;
    virtual void stop() = 0;

Q_SIGNALS:
    void started(const QString &address); ///< such as `127.0.0.1:5001`
    void stopped();
    void failed(const flow::Error &error);
};

} // namespace flow
