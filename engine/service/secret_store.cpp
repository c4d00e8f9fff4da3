// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_store.h"

#include "base/secret_shapes.h"
#include "service/keyring_or_file.h"
#include "service/secret_file.h"
#include "service/secret_keyring.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace flow {

namespace {

constexpr qsizetype mostBytes = 64 * 1024;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(SecretStore)
};

Error refused(ErrorCode code, const QString &name, const QString &reason)
{
    return {.code = code, .reason = Texts::tr("secret '%1': %2").arg(name, reason)};
}

} // namespace

std::unique_ptr<SecretStore> openSecretStore(const ServiceSettings &settings)
{
    auto file = std::make_unique<SecretFile>(settings.dataDir);
    if (settings.secrets == SecretPlace::File || !canUseKeyring())
        return file;
    if (settings.secrets == SecretPlace::Keyring)
        return openKeyring();
    return std::make_unique<KeyringOrFile>(openKeyring(), std::move(file));
}

Result<void> checkSecretName(const QString &name)
{
    static const QRegularExpression valid(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]{0,99}\\z"));
    if (valid.match(name).hasMatch())
        return {};
    return Error{.code = ErrorCode::NotAllowed,
                 .reason = Texts::tr("'%1' is no name for a secret: it must begin with a letter or _, have only the "
                                     "letters A to Z, digits and _, and at most 100 of them")
                               .arg(name.left(120))};
}

Result<void> checkSecret(const QString &name, const QString &value)
{
    if (const Result<void> valid = checkSecretName(name); !valid)
        return valid;
    if (value.trimmed().size() < leastSecretLength) {
        return refused(ErrorCode::BadLength, name,
                       Texts::tr("the value must have at least %1 characters besides spaces, because a shorter one "
                                 "cannot be told from ordinary text and so cannot be kept out of logs and results")
                           .arg(leastSecretLength));
    }
    if (value.toUtf8().size() > mostBytes)
        return refused(ErrorCode::BadLength, name, Texts::tr("the value must not be longer than 64 KiB"));
    if (value.contains(QChar::Null) || !value.isValidUtf16())
        return refused(ErrorCode::NotAllowed, name, Texts::tr("the value must be text"));
    return {};
}

Error unknownSecret(const QString &name)
{
    return {.code = ErrorCode::NotFound,
            .reason = Texts::tr("there is no secret '%1'; add it with: flowctl secrets set %1").arg(name)};
}

} // namespace flow
