// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/configuration_keys.h"

#include "service/secret_keyring.h"
#include "storage/database.h"

#include <QDir>

namespace flow {

namespace {

using Take = std::function<Result<void>(const QString &, ServiceSettings &)>;

Take wholeNumber(qint64 least, qint64 most, const std::function<void(qint64, ServiceSettings &)> &store)
{
    return [=](const QString &text, ServiceSettings &settings) -> Result<void> {
        bool ok = false;
        const qint64 number = text.trimmed().toLongLong(&ok);
        if (!ok || number < least || number > most)
            return Error{.code = ErrorCode::OutOfRange,
                         .reason = QStringLiteral("must be a whole number from %1 to %2").arg(least).arg(most),
                         .range = Error::Range{least, most}};
        store(number, settings);
        return {};
    };
}

/// Seconds, also fractions; a year at most.
Take seconds(std::chrono::nanoseconds ServiceSettings::*member)
{
    return [=](const QString &text, ServiceSettings &settings) -> Result<void> {
        constexpr double most = 31'536'000;
        bool ok = false;
        const double number = text.trimmed().toDouble(&ok);
        // Written so that NaN is refused as well.
        if (!ok || !(number >= 0.001 && number <= most))
            return Error{.code = ErrorCode::OutOfRange,
                         .reason = QStringLiteral("must be a number of seconds from 0.001 to 31536000")};
        settings.*member = std::chrono::nanoseconds(static_cast<qint64>(number * 1e9));
        return {};
    };
}

using Limits = RetentionLimits RetentionRules::*;

Take keptDays(Limits limits)
{
    return wholeNumber(0, 36'500,
                       [limits](qint64 n, ServiceSettings &s) { (s.retention.*limits).age = std::chrono::days(n); });
}

Take keptRuns(Limits limits)
{
    return wholeNumber(0, 1'000'000'000,
                       [limits](qint64 n, ServiceSettings &s) { (s.retention.*limits).executions = n; });
}

Take keptMegabytes(Limits limits)
{
    return wholeNumber(0, 100'000'000,
                       [limits](qint64 n, ServiceSettings &s) { (s.retention.*limits).bytes = n * 1'000'000; });
}

Take path(QString ServiceSettings::*member)
{
    return [=](const QString &text, ServiceSettings &settings) -> Result<void> {
        if (text.isEmpty())
            return Error{.code = ErrorCode::BadLength, .reason = QStringLiteral("must name a path")};
        settings.*member = QDir::cleanPath(QDir::current().absoluteFilePath(text));
        return {};
    };
}

Result<void> takeDatabaseUrl(const QString &text, ServiceSettings &settings)
{
    if (const Result<DatabaseLocation> location = DatabaseLocation::fromUrl(text); !location)
        return location.error();
    settings.databaseUrl = text;
    return {};
}

Result<void> takeHost(const QString &text, ServiceSettings &settings)
{
    if (text.trimmed().isEmpty())
        return Error{.code = ErrorCode::BadLength, .reason = QStringLiteral("must be an address such as 127.0.0.1")};
    settings.host = text.trimmed();
    return {};
}

Result<void> takeSecretPlace(const QString &text, ServiceSettings &settings)
{
    static const QMap<QString, SecretPlace> places{{QStringLiteral("auto"), SecretPlace::Auto},
                                                   {QStringLiteral("file"), SecretPlace::File},
                                                   {QStringLiteral("keyring"), SecretPlace::Keyring}};
    const auto place = places.constFind(text.trimmed().toLower());
    if (place == places.constEnd())
        return Error{.code = ErrorCode::NotOneOf, .reason = QStringLiteral("must be one of: auto, file, keyring")};
    if (*place == SecretPlace::Keyring && !canUseKeyring())
        return Error{.code = ErrorCode::NotOneOf,
                     .reason = QStringLiteral("must be auto or file: this program is built without a keyring")};
    settings.secrets = *place;
    return {};
}

Result<void> takeLogLevel(const QString &text, ServiceSettings &settings)
{
    QString level = text.trimmed().toLower();
    if (level == QStringLiteral("critical")) // the reference has it; nothing is worse than an error here
        level = QStringLiteral("error");
    if (!QStringList{QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
                     QStringLiteral("error")}
             .contains(level))
        return Error{.code = ErrorCode::NotOneOf,
                     .reason = QStringLiteral("must be one of: debug, info, warning, error")};
    settings.logLevel = level;
    return {};
}

} // namespace

const QList<ConfigurationKey> &configurationKeys()
{
    static const QList<ConfigurationKey> keys = {
        {{QStringLiteral("FLOW_DATA_DIR")},
         QStringLiteral("--data-dir"),
         QStringLiteral("storage/data_dir"),
         path(&ServiceSettings::dataDir)},
        {{QStringLiteral("DATABASE_URL")}, {}, QStringLiteral("storage/database_url"), takeDatabaseUrl, true},
        {{QStringLiteral("FLOW_HOST"), QStringLiteral("FLASK_HOST")},
         QStringLiteral("--host"),
         QStringLiteral("server/host"),
         takeHost},
        {{QStringLiteral("FLOW_PORT"), QStringLiteral("FLASK_PORT")},
         QStringLiteral("--port"),
         QStringLiteral("server/port"),
         wholeNumber(0, 65535, [](qint64 n, ServiceSettings &s) { s.port = static_cast<quint16>(n); })},
        {{QStringLiteral("TASK_TIMEOUT")},
         {},
         QStringLiteral("limits/task_timeout"),
         seconds(&ServiceSettings::taskTimeLimit)},
        {{QStringLiteral("MAX_FLOW_EXECUTION_TIME")},
         {},
         QStringLiteral("limits/max_flow_execution_time"),
         seconds(&ServiceSettings::flowTimeLimit)},
        {{QStringLiteral("FLOW_STEP_LIMIT")},
         {},
         QStringLiteral("limits/steps"),
         wholeNumber(1, 10'000'000, [](qint64 n, ServiceSettings &s) { s.stepLimit = static_cast<int>(n); })},
        {{QStringLiteral("FLOW_EXECUTION_THREADS")},
         {},
         QStringLiteral("limits/execution_threads"),
         wholeNumber(1, 256, [](qint64 n, ServiceSettings &s) { s.executionThreads = static_cast<int>(n); })},
        {{QStringLiteral("FLOW_LOG_LINES")},
         {},
         QStringLiteral("limits/log_lines"),
         wholeNumber(1, 10'000'000, [](qint64 n, ServiceSettings &s) { s.logLines = static_cast<int>(n); })},
        {{QStringLiteral("FLOW_KEEP_DAYS")}, {}, QStringLiteral("history/days"), keptDays(&RetentionRules::all)},
        {{QStringLiteral("FLOW_KEEP_RUNS")}, {}, QStringLiteral("history/runs"), keptRuns(&RetentionRules::all)},
        {{QStringLiteral("FLOW_KEEP_MEGABYTES")},
         {},
         QStringLiteral("history/megabytes"),
         keptMegabytes(&RetentionRules::all)},
        {{QStringLiteral("FLOW_KEEP_DAYS_PER_FLOW")},
         {},
         QStringLiteral("history/days_per_flow"),
         keptDays(&RetentionRules::perFlow)},
        {{QStringLiteral("FLOW_KEEP_RUNS_PER_FLOW")},
         {},
         QStringLiteral("history/runs_per_flow"),
         keptRuns(&RetentionRules::perFlow)},
        {{QStringLiteral("FLOW_KEEP_MEGABYTES_PER_FLOW")},
         {},
         QStringLiteral("history/megabytes_per_flow"),
         keptMegabytes(&RetentionRules::perFlow)},
        {{QStringLiteral("FLOW_SECRETS")}, {}, QStringLiteral("storage/secrets"), takeSecretPlace},
        {{QStringLiteral("LOG_LEVEL")}, {}, QStringLiteral("log/level"), takeLogLevel},
        {{QStringLiteral("LOG_FILE")}, {}, QStringLiteral("log/file"), path(&ServiceSettings::logFile)},
    };
    return keys;
}

} // namespace flow
