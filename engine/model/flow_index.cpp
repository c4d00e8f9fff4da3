// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_index.h"

namespace flow {

FlowIndex::FlowIndex(const Flow &flow)
{
    m_tasks.reserve(flow.tasks.size());
    for (qsizetype i = flow.tasks.size() - 1; i >= 0; --i) // backwards, so that the first of equal names stays
        m_tasks.insert(flow.tasks[i].name, i);
    for (qsizetype i = 0; i < flow.conditions.size(); ++i)
        m_conditions[flow.conditions[i].sourceTask].append(i);
}

} // namespace flow
