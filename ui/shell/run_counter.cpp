// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_counter.h"

#include "shell/background.h"
#include "shell/service_handle.h"

namespace flow {

RunCounter::RunCounter(ServiceHandle *service, QObject *parent)
    : QObject(parent)
    , m_service(service)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(500);
    connect(&m_delay, &QTimer::timeout, this, &RunCounter::count);
    connect(service, &ServiceHandle::opened, this, &RunCounter::count);
}

void RunCounter::countSoon()
{
    if (!m_delay.isActive())
        m_delay.start();
}

void RunCounter::count()
{
    FlowService *service = m_service->service();
    if (!service)
        return;
    // The total is kept by the database, not counted there.
    whenReady(service->async([service] { return service->executions({.perPage = 1, .withOutput = false}); }), this,
              [this](const Result<Page<Execution>> &page) {
                  if (page)
                      Q_EMIT counted(page->total);
              });
}

} // namespace flow
