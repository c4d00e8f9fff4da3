// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/postgres_error.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(StorageError)
};

/// One row of the table below: codes that begin like this mean that. `%1` is what the server says.
struct Meaning
{
    const char *state;
    ErrorCode code;
    const char *reason;
};

// The first row that fits counts.
const Meaning meanings[] = {
    {"23505", ErrorCode::Conflict, QT_TRANSLATE_NOOP("StorageError", "This is in the database already")},
    {"23503", ErrorCode::UnknownReference,
     QT_TRANSLATE_NOOP("StorageError", "This belongs to something that is no longer in the database")},
    {"23", ErrorCode::OutOfRange, QT_TRANSLATE_NOOP("StorageError", "The database does not accept this value: %1")},
    {"22003", ErrorCode::OutOfRange, QT_TRANSLATE_NOOP("StorageError", "The database does not accept this value: %1")},
    {"53100", ErrorCode::Full,
     QT_TRANSLATE_NOOP("StorageError", "There is no space left on the disk of the database server, so this could not "
                                       "be saved. Free some space there and try again")},
    {"53300", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "The database server has no free connection (%1). Close other programs that "
                                       "use it, or let it allow more (max_connections)")},
    {"53", ErrorCode::Io, QT_TRANSLATE_NOOP("StorageError", "The database server is out of memory or space (%1)")},
    {"54", ErrorCode::TooLarge, QT_TRANSLATE_NOOP("StorageError", "This is too large for the database")},
    {"55P03", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "Another program keeps the database busy (%1). Close that program or try again "
                                       "in a moment")},
    {"40", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "Another program keeps the database busy (%1). Close that program or try again "
                                       "in a moment")},
    {"25006", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "The database can only be read (%1). Name the server that may be written in "
                                       "DATABASE_URL")},
    {"42501", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "The user of the database may not do this (%1). Let him own the database, or "
                                       "name another user in DATABASE_URL")},
    {"28", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "The database server does not let the user in (%1). Look at user and password "
                                       "in DATABASE_URL")},
    {"3D000", ErrorCode::Io,
     QT_TRANSLATE_NOOP("StorageError", "The server has no such database (%1). Create it, for example with createdb, "
                                       "or name another one in DATABASE_URL")},
    {"08", ErrorCode::Io, nullptr},
    {"57", ErrorCode::Io, nullptr},
    {"XX00", ErrorCode::Corrupt,
     QT_TRANSLATE_NOOP("StorageError", "The database is damaged (%1). Put a backup in its place on the server")},
};

/// The server refuses a connection in plain words only: the driver does not hand on the code.
QString stateOfRefusal(const QString &details)
{
    struct Sign
    {
        const char *words;
        const char *state;
    };
    static const Sign signs[] = {
        {"authentication failed", "28P01"}, {"no password supplied", "28P01"},
        {"no pg_hba.conf entry", "28000"},  {"role \"", "28000"},
        {"database \"", "3D000"},           {"too many clients", "53300"},
        {"connection slots", "53300"},
    };
    for (const Sign &sign : signs) {
        if (details.contains(QLatin1String(sign.words)))
            return QLatin1String(sign.state);
    }
    return QStringLiteral("08006");
}

QString away(const QString &details)
{
    return Messages::tr("The database server does not answer (%1). Look whether it runs and can be reached from here, "
                        "then try again; what was running goes on by itself as soon as it is back")
        .arg(details);
}

/// What the server says, without the rows and statements that it likes to show: they may hold what is nobody's
/// business.
QString detailsOf(const QSqlError &error)
{
    QString details = (error.databaseText().isEmpty() ? error.driverText() : error.databaseText()).simplified();
    for (const char *more : {" DETAIL: ", " LINE ", " CONTEXT: "}) {
        if (const qsizetype end = details.indexOf(QLatin1String(more)); end >= 0)
            details.truncate(end);
    }
    return details;
}

} // namespace

Error postgresError(const QSqlError &error, const QString &database)
{
    const QString details = detailsOf(error);
    QString state = error.nativeErrorCode();
    // A connection that breaks has no code.
    if (state.isEmpty())
        state = stateOfRefusal(details);
    for (const Meaning &meaning : meanings) {
        if (!state.startsWith(QLatin1String(meaning.state)))
            continue;
        if (!meaning.reason)
            return {.code = meaning.code, .reason = away(details), .file = database};
        const QString reason = Messages::tr(meaning.reason);
        return {.code = meaning.code,
                .reason = reason.contains(QStringLiteral("%1")) ? reason.arg(details) : reason,
                .file = database};
    }
    return {
        .code = ErrorCode::Internal, .reason = Messages::tr("The database reports: %1").arg(details), .file = database};
}

} // namespace flow
