// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace flow {

/// A database on a PostgreSQL server, and how to get in. What is empty is left to the client library: the user to the
/// system's, the password to ~/.pgpass, the host to the socket of this computer. A value.
struct PostgresAddress
{
    QString host;
    int port = 5432;
    QString database = {};
    QString user = {};
    QString password = {}; ///< never shown
    QString sslMode = {};

    /// `postgresql://user:password@host:port/name?sslmode=require`. Everything but the name may be left out; special
    /// characters are percent-encoded. Errors name the part that is wrong and repeat nothing of the address.
    static Result<PostgresAddress> fromUrl(const QString &url);
    static bool isMeant(const QString &url);

    /// For people: without user and password.
    QString name() const;
};

} // namespace flow
