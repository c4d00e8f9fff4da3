// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/service_handle.h"

#include "shell/background.h"

namespace flow {

ServiceHandle::ServiceHandle(ServiceSettings settings, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
{}

ServiceHandle::~ServiceHandle() = default;

void ServiceHandle::open(const ServiceSettings &settings)
{
    m_settings = settings;
    open();
}

void ServiceHandle::open()
{
    using Opening = Result<std::unique_ptr<FlowService>>;
    if (m_opening || m_service)
        return;
    m_opening = true;
    inBackground(
        this,
        [settings = m_settings, home = thread()] {
            auto opening = std::make_shared<Opening>(FlowService::open(settings));
            if (opening->ok())
                opening->value()->moveToThread(home);
            return opening;
        },
        [this](const std::shared_ptr<Opening> &opening) {
            m_opening = false;
            if (!opening->ok()) {
                Q_EMIT failed(opening->error());
                return;
            }
            m_service = std::move(opening->value());
            Q_EMIT opened(m_service.get());
        });
}

void ServiceHandle::close()
{
    m_service.reset();
}

} // namespace flow
