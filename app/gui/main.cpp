// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_rest_server.h"
#include "gui_options.h"
#include "screenshots.h"

#include "base/core_files.h"
#include "service/configuration.h"
#include "service/logging.h"
#include "service/private_file.h"
#include "shell/background.h"
#include "shell/main_window.h"
#include "shell/service_handle.h"

#include <QApplication>
#include <QIcon>
#include <QLibraryInfo>
#include <QTemporaryDir>
#include <QTranslator>

#include <cstdio>

using namespace flow;

namespace {

constexpr int usageError = 2;
constexpr int lastWritesMs = 5000;

int refuse(const QString &text)
{
    std::fprintf(stderr, "flow-manager: %s\n", qPrintable(text));
    return usageError;
}

/// Our own words, and Qt's (buttons of dialogs), in the desktop's language.
void installTranslations(QCoreApplication &application)
{
    auto *qt = new QTranslator(&application);
    if (qt->load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto *own = new QTranslator(&application);
    // English has a file as well: it holds the plural forms.
    if (own->load(QLocale(), QStringLiteral("flow-manager"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        own->load(QStringLiteral(":/i18n/flow-manager_en.qm")))
        QCoreApplication::installTranslator(own);
}

LogSettings logSettings(const ServiceSettings &settings)
{
    LogSettings log;
    log.fileLevel = settings.logLevel;
    log.file = settings.logFile.isEmpty() ? settings.dataDir + QStringLiteral("/flow-manager.log") : settings.logFile;
    return log;
}

void reportFirstPaint(MainWindow &window)
{
    QObject::connect(&window, &MainWindow::firstPainted, &window, [] {
        std::puts("painted");
        std::fflush(stdout);
    });
}

/// As `flowctl serve` does it, beside the window.
void serveOnceOpen(ServiceHandle &service, ApiRestServer &server)
{
    QObject::connect(&server, &RestServer::started, &server, [](const QString &address) {
        std::printf("Listening on http://%s\n", qPrintable(address));
        std::fflush(stdout);
    });
    QObject::connect(&service, &ServiceHandle::opened, &server,
                     [&server](FlowService *opened) { server.start(opened, opened->settings().port); });
}

} // namespace

int main(int argc, char **argv)
{
    leaveNoCoreFiles();
    QCoreApplication::setApplicationName(QStringLiteral("Flow Manager"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FLOW_VERSION));
    {
        QCoreApplication console(argc, argv); // help and version need no display
        installTranslations(console);
        answerOnTheConsole(QCoreApplication::arguments());
    }
    QApplication application(argc, argv);
    QApplication::setDesktopFileName(QStringLiteral("org.flowmanager.FlowManager"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/flow/app/org.flowmanager.FlowManager.svg")));
    installTranslations(application);

    GuiOptions options = readOptions(application);
    if (!options.error.isNull())
        return refuse(options.error);
    const QTemporaryDir pictureData; // pictures are taken of a library of their own
    if (!options.screenshots.isNull())
        options.configuration.insert(QStringLiteral("--data-dir"), pictureData.path());
    ConfigurationSources sources = ConfigurationSources::ofProcess();
    sources.commandLine = options.configuration;
    sources.envFile = options.envFile;
    const Result<Configuration> configuration = readConfiguration(sources);
    if (!configuration)
        return refuse(configuration.error().text());
    ServiceSettings settings = configuration->settings;
    settings.stays = true;
    // What is wrong with the folder is said by the service, in a dialog.
    (void)makePrivateFolder(settings.dataDir);
    installLogging(logSettings(settings));
    for (const QString &warning : configuration->warnings)
        qCWarning(lcService, "%s", qUtf8Printable(warning));

    Look look;
    look.applyTo(&application);
    ServiceHandle service(settings);
    int code = 0;
    {
        ApiRestServer server(settings.host); // dies after the window and before the service
        MainWindow window({.service = &service,
                           .look = &look,
                           .server = &server,
                           .types = builtInTasks().types(),
                           .settingsFile = defaultSettingsFile(),
                           .theme = options.theme,
                           .warnings = configuration->warnings});
        if (options.reportFirstPaint)
            reportFirstPaint(window);
        if (options.serve)
            serveOnceOpen(service, server);
        std::unique_ptr<Screenshots> screenshots;
        if (!options.screenshots.isNull())
            screenshots = std::make_unique<Screenshots>(&window, &look, &service, options.screenshots);
        window.show();
        service.open();
        if (screenshots)
            screenshots->start();
        else
            window.start(options.wishes);
        code = QApplication::exec();
    }
    // What is being written gets its time; what hangs does not keep the program.
    backgroundPool()->waitForDone(lastWritesMs);
    service.close();
    uninstallLogging();
    return code;
}
