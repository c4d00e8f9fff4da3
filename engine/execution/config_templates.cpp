// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/config_templates.h"

#include "execution/execution_messages.h"
#include "model/secret_settings.h"

namespace flow {

ConfigTemplates::ConfigTemplates(const Flow &flow)
{
    for (qsizetype index = 0; index < flow.tasks.size(); ++index) {
        const std::optional<QJsonObject> &config = flow.tasks[index].config;
        if (!config || config->isEmpty())
            continue;
        // Names are checked when the flow is validated; one that is wrong all the same fails where it is asked for.
        Result<Template> compiled = Template::compile(*config, FieldPath(QStringLiteral("config")));
        if (compiled && !compiled->readings(secrets::variable()).isEmpty())
            m_readingSecrets.insert(index);
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
    if (m_readingSecrets.contains(task))
        return Error{.code = ErrorCode::NotAllowed, .reason = messages::secretsNotFilledIn()};
    return (*found)->expand(variables);
}

const Template *ConfigTemplates::readingSecrets(qsizetype task) const
{
    return m_readingSecrets.contains(task) ? &m_templates.constFind(task)->value() : nullptr;
}

} // namespace flow
