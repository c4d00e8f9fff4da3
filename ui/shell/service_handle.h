// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"

#include <QObject>

namespace flow {

/// The service, once it is open. Opening may take time (migrations, a check of the database), so it happens on another
/// thread and the window is there before. `main` owns it; GUI thread.
class ServiceHandle : public QObject
{
    Q_OBJECT

public:
    explicit ServiceHandle(ServiceSettings settings, QObject *parent = nullptr);
    ~ServiceHandle() override; ///< cancels what runs and closes

    const ServiceSettings &settings() const { return m_settings; }
    FlowService *service() const { return m_service.get(); } ///< null until opened()

    void open();
    /// After a failure: tries another folder.
    void open(const ServiceSettings &settings);
    /// Cancels what runs and closes; whoever uses the service must be gone.
    void close();

Q_SIGNALS:
    void opened(flow::FlowService *service);
    void failed(const flow::Error &error);

private:
    using Opening = Result<std::unique_ptr<FlowService>>;
    void take(const std::shared_ptr<Opening> &opening);

    ServiceSettings m_settings;
    std::unique_ptr<FlowService> m_service;
    QFuture<std::shared_ptr<Opening>> m_work;
    bool m_opening = false;
};

} // namespace flow
