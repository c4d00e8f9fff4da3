// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "hidden_input.h"
#include "service/secret_store.h"

#include <QJsonArray>
#include <QStringDecoder>

namespace flow::cli {

namespace {

Result<std::unique_ptr<SecretStore>> openStore(const Call &call)
{
    const Result<Configuration> read = call.configuration();
    if (!read)
        return read.error();
    return openSecretStore(read->settings);
}

int setSecret(const Call &call)
{
    const QString name = call.arguments().first();
    if (call.arguments().size() > 1) {
        return misuse(
            Cli::tr("A value is not an argument, because those show in the list of processes; give it on stdin"),
            call.command());
    }
    if (const Result<void> valid = checkSecretName(name); !valid)
        return misuse(valid.error().reason, call.command());
    const auto store = openStore(call);
    if (!store)
        return fail(store.error());
    const Result<QByteArray> given = readHidden(Cli::tr("Value of %1 (not shown): ").arg(name));
    if (!given)
        return fail(given.error());
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString value = utf8(*given);
    if (utf8.hasError())
        return fail(Error{.code = ErrorCode::Syntax, .reason = Cli::tr("The value is not text in UTF-8")});
    if (const Result<void> set = (*store)->set(name, value); !set)
        return fail(set.error());
    print(Cli::tr("Secret %1 is kept in %2; flows use it as ${secret.%1}").arg(name, (*store)->place()));
    return Completed;
}

int listSecrets(const Call &call)
{
    const auto store = openStore(call);
    if (!store)
        return fail(store.error());
    const Result<QStringList> names = (*store)->names();
    if (!names)
        return fail(names.error());
    if (call.has("json")) {
        printJson({{QStringLiteral("data"), QJsonArray::fromStringList(*names)}});
        return Completed;
    }
    for (const QString &name : *names)
        print(name);
    if (names->isEmpty())
        say(Cli::tr("There are no secrets; flowctl secrets set NAME adds one"));
    return Completed;
}

int removeSecret(const Call &call)
{
    const auto store = openStore(call);
    if (!store)
        return fail(store.error());
    const QString name = call.arguments().first();
    if (const Result<void> removed = (*store)->remove(name); !removed) {
        Error error = removed.error();
        if (error.code == ErrorCode::NotFound) // who removes one does not want to be told how to add it
            error.reason =
                Cli::tr("there is no secret '%1'; flowctl secrets list shows those that there are").arg(name);
        return fail(error);
    }
    print(Cli::tr("Removed secret %1").arg(name));
    return Completed;
}

} // namespace

QList<Command> secretsCommands()
{
    return {
        {.name = QStringLiteral("secrets set"),
         .arguments = QStringLiteral("NAME"),
         .summary = Cli::tr("Keep a secret for ${secret.NAME} in flows"),
         .details = Cli::tr(
             "Asks for the value without showing it, or reads it from stdin: of a single line without its end, of more "
             "as they are. A value is never an argument, because those show in the list of processes.\n\nExamples:\n"
             "  flowctl secrets set api_token\n  flowctl secrets set deploy_key < id_ed25519"),
         .options = {},
         .least = 1,
         .most = 100, // refused there, without repeating them
         .run = setSecret},
        {.name = QStringLiteral("secrets list"),
         .summary = Cli::tr("List the names of the secrets"),
         .details = Cli::tr("Values are never shown.\n\nExample:\n  flowctl secrets list"),
         .options = {QCommandLineOption(QStringLiteral("json"), Cli::tr("Print JSON."))},
         .run = listSecrets},
        {.name = QStringLiteral("secrets remove"),
         .arguments = QStringLiteral("NAME"),
         .summary = Cli::tr("Forget a secret"),
         .details = Cli::tr("Example:\n  flowctl secrets remove api_token"),
         .options = {},
         .least = 1,
         .most = 1,
         .run = removeSecret},
    };
}

} // namespace flow::cli
