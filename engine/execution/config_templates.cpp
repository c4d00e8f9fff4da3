// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/config_templates.h"

namespace flow {

ConfigTemplates::ConfigTemplates(const Flow &flow)
{
    for (qsizetype index = 0; index < flow.tasks.size(); ++index) {
        const std::optional<QJsonObject> &config = flow.tasks[index].config;
        if (!config || config->isEmpty())
            continue;
        // Names are checked when the flow is validated; one that is wrong all the same fails where it is asked for.
        Result<Template> compiled = Template::compile(*config, FieldPath(QStringLiteral("config")));
        if (!compiled || !compiled->isPlain())
            m_templates.insert(index, std::move(compiled));
    }
}

Result<QJsonObject> ConfigTemplates::expand(const Flow &flow, qsizetype task,
                                            const Expression::Variables &variables) const
{
    const auto found = m_templates.constFind(task);
    if (found == m_templates.constEnd())
        return flow.tasks[task].config.value_or(QJsonObject());
    if (!*found)
        return found->error();
    return (*found)->expand(variables);
}

} // namespace flow
