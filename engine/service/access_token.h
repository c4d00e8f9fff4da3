// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace flow {

/// The file in the data folder that holds the token of the REST API: readable by its owner only (0600).
QString accessTokenFile(const QString &dataDir);

/// Reads the token, and makes one of 256 random bits at first use. 64 hexadecimal digits. Io when the file can be
/// neither read nor written; Corrupt when it holds something else; NotAllowed when others may read it.
Result<QByteArray> accessToken(const QString &dataDir);

} // namespace flow
