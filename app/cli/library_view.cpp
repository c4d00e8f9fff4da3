// SPDX-License-Identifier: GPL-3.0-or-later
#include "library_view.h"

namespace flow::cli {

const LibraryFlows *LibraryView::forCheckOf(const Flow &flow, const TaskTypes &types, const QString &name)
{
    const QStringList called = flowsOfLibrary(flow, types);
    if (called.isEmpty())
        return nullptr; // nothing depends on it
    if (!m_hasLooked)
        look();
    m_hasLooked = true;
    if (m_flows)
        return &*m_flows;
    say(Cli::tr("%1: not checked whether the library has %2: %3")
            .arg(name, called.join(QStringLiteral(", ")), m_whyNot));
    return nullptr;
}

void LibraryView::look()
{
    const Result<Configuration> configuration = m_call.configuration();
    const Result<std::optional<LibraryFlows>> found =
        configuration ? FlowService::lookAtLibrary(configuration->settings) : configuration.error();
    if (!found)
        m_whyNot = found.error().text();
    else if (!*found)
        m_whyNot = Cli::tr("there is none yet in %1").arg(configuration->settings.dataDir);
    else
        m_flows = **found;
}

} // namespace flow::cli
