// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/unknown_settings.h"

#include "base/similar_word.h"
#include "service/configuration_keys.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(UnknownSettings)
};

QString sentence(const QString &file, const QString &name, const QString &meant)
{
    if (meant.isEmpty())
        return Messages::tr("%1: %2: is no setting and has no effect").arg(file, name);
    return Messages::tr("%1: %2: is no setting and has no effect; did you mean %3?").arg(file, name, meant);
}

QStringList variables()
{
    QStringList names;
    for (const ConfigurationKey &key : configurationKeys())
        names += key.names;
    return names;
}

/// The setting that is called so in a `.env` file, or has that name in another group; otherwise one that is like it.
QString meantSetting(const QString &name)
{
    const QString last = name.section(u'/', -1);
    QStringList settings;
    for (const ConfigurationKey &key : configurationKeys()) {
        if (key.names.contains(last) || key.setting.section(u'/', -1) == last)
            return key.setting;
        settings << key.setting;
    }
    return similarWord(name, settings);
}

bool looksLikeOurs(const QString &name)
{
    return name.startsWith(QStringLiteral("FLOW_")) || name.startsWith(QStringLiteral("MAX_FLOW_"));
}

} // namespace

QStringList unknownSettings(const QStringList &names, const QString &file)
{
    const QList<ConfigurationKey> &keys = configurationKeys();
    QStringList lines;
    for (const QString &name : names) {
        const auto isIt = [&name](const ConfigurationKey &key) { return key.setting == name; };
        if (std::none_of(keys.begin(), keys.end(), isIt))
            lines << sentence(file, name, meantSetting(name));
    }
    return lines;
}

QStringList unknownVariables(const QStringList &names, const QString &file)
{
    const QStringList known = variables();
    QStringList lines;
    for (const QString &name : names) {
        if (known.contains(name))
            continue;
        // DATABASE_USER and FLASK_RUN_PORT are other programs' names, although not unlike ours.
        const QString meant = looksLikeOurs(name) ? similarWord(name, known) : similarWord(name, known, 1);
        if (looksLikeOurs(name) || !meant.isEmpty())
            lines << sentence(file, name, meant);
    }
    return lines;
}

} // namespace flow
