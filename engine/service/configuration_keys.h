// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "service/service_settings.h"

#include <QStringList>

#include <functional>

namespace flow {

/// One thing that can be configured: what it is called in each source, and how its text is understood.
struct ConfigurationKey
{
    QStringList names; ///< in environment and `.env`, the strongest first
    QString option;    ///< on the command line; empty: none
    QString setting;   ///< in the settings file
    /// Puts the value into the settings, or says what is wrong with it.
    std::function<Result<void>(const QString &text, ServiceSettings &settings)> take;
    bool secret = false; ///< errors do not repeat the value
};

/// The table behind docs/configuration.md.
const QList<ConfigurationKey> &configurationKeys();

} // namespace flow
