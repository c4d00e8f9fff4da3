// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/api_server.h"
#include "command.h"
#include "service/access_token.h"
#include "service/private_file.h"
#include "signal_watcher.h"

#include <QCoreApplication>

namespace flow::cli {

namespace {

int serve(const Call &call)
{
    bool isPort = true;
    if (call.has("port"))
        call.value("port").toUShort(&isPort);
    if (!isPort)
        return misuse(Cli::tr("--port must be a whole number from 0 to 65535"), call.command());
    const Result<std::unique_ptr<FlowService>> opened = call.openService(Call::Lifetime::Stays);
    if (!opened)
        return fail(opened.error());
    FlowService &service = **opened;
    const ServiceSettings &settings = service.settings();

    ApiServer::Settings server{.host = settings.host, .port = settings.port, .token = {}};
    if (!call.has("no-auth")) {
        const Result<QByteArray> token = accessToken(settings.dataDir);
        if (!token)
            return fail(token.error());
        server.token = *token;
    }
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::interrupted, qApp, &QCoreApplication::quit);
    ApiServer api(service);
    if (const Result<void> started = api.start(server); !started) {
        const int code = fail(started.error());
        return started.error().code == ErrorCode::NotAllowed || code == Invalid ? Usage : Failed;
    }
    if (service.interruptedAtStart() > 0)
        say(Cli::tr("%n execution(s) of a program that ended before are marked interrupted", nullptr,
                    service.interruptedAtStart()));
    if (service.releasedAtStart() > 0)
        say(Cli::tr("%n execution(s) of a program that ended before go on here", nullptr, service.releasedAtStart()));
    print(Cli::tr("Listening on %1").arg(api.url()));
    say(call.has("no-auth")
            ? Cli::tr("Everybody on this machine may use it: no token is asked for")
            : Cli::tr("The token is in %1; flowctl token prints it").arg(accessTokenFile(settings.dataDir)));
    QCoreApplication::exec();
    say(Cli::tr("Stopping"));
    api.stop();
    return Completed;
}

int printToken(const Call &call)
{
    const Result<Configuration> configuration = call.configuration();
    if (!configuration)
        return fail(configuration.error());
    (void)makePrivateFolder(configuration->settings.dataDir);
    const Result<QByteArray> token = accessToken(configuration->settings.dataDir);
    if (!token)
        return fail(token.error());
    print(QString::fromLatin1(*token));
    return Completed;
}

} // namespace

QList<Command> serveCommands()
{
    return {
        {.name = QStringLiteral("serve"),
         .summary = Cli::tr("Serve the REST API until Ctrl+C"),
         .details = Cli::tr(
             "Listens on 127.0.0.1:5001 and asks for the token, unless told otherwise.\n\nExamples:\n  flowctl serve\n"
             "  flowctl serve --host 127.0.0.1 --port 8080\n"
             "  curl -H \"Authorization: Bearer $(flowctl token)\" http://127.0.0.1:5001/api/tasks"),
         .options = {QCommandLineOption(QStringLiteral("host"), Cli::tr("Address to listen on."),
                                        QStringLiteral("ADDRESS")),
                     QCommandLineOption(QStringLiteral("port"), Cli::tr("Port to listen on; 0 takes any free one."),
                                        QStringLiteral("PORT")),
                     QCommandLineOption(QStringLiteral("no-auth"),
                                        Cli::tr("Ask for no token; only on a loopback address."))},
         .run = serve},
        {.name = QStringLiteral("token"),
         .summary = Cli::tr("Print the token of the REST API"),
         .details =
             Cli::tr("The token is made at first use and kept in the data folder, readable by you alone.\n\nExample:\n"
                     "  curl -H \"Authorization: Bearer $(flowctl token)\" http://127.0.0.1:5001/api/flows"),
         .options = {},
         .run = printToken},
    };
}

} // namespace flow::cli
