// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/service_handle.h"

#include "shell/background.h"

namespace flow {

ServiceHandle::ServiceHandle(ServiceSettings settings, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
{
}

ServiceHandle::~ServiceHandle()
{
    close();
}

void ServiceHandle::open(const ServiceSettings &settings)
{
    m_settings = settings;
    open();
}

void ServiceHandle::open()
{
    if (m_opening || m_service)
        return;
    m_opening = true;
    const auto work = [settings = m_settings, home = thread()] {
        auto opening = std::make_shared<Opening>(FlowService::open(settings));
        if (opening->ok())
            opening->value()->moveToThread(home);
        return opening;
    };
    m_work = inBackground(this, work, [this](const std::shared_ptr<Opening> &opening) { take(opening); });
}

void ServiceHandle::take(const std::shared_ptr<Opening> &opening)
{
    m_work = {};
    if (!std::exchange(m_opening, false))
        return; // closed in the meantime
    if (!opening->ok()) {
        Q_EMIT failed(opening->error());
        return;
    }
    m_service = std::move(opening->value());
    Q_EMIT opened(m_service.get());
}

void ServiceHandle::close()
{
    // Nothing may touch the data folder once this has returned.
    m_opening = false;
    if (m_work.isRunning())
        m_work.waitForFinished();
    m_work = {};
    m_service.reset();
}

} // namespace flow
