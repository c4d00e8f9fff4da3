// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/service_failure.h"

#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

namespace flow {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ServiceFailure)
};

void chooseFolder(const ShellContext &context, const Error &error)
{
    auto *dialog = new QFileDialog(context.window, Words::tr("Choose another data folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, context.service, [context](const QString &folder) {
        ServiceSettings settings = context.service->settings();
        settings.dataDir = folder;
        settings.databaseUrl.clear(); // the one in that folder
        context.service->open(settings);
    });
    QObject::connect(dialog, &QDialog::rejected, context.service,
                     [context, error] { askForAnotherFolder(context, error); });
    dialog->open();
}

Result<void> remember(const QString &folder, const QString &settingsFile)
{
    QDir().mkpath(QFileInfo(settingsFile).absolutePath());
    QSettings settings(settingsFile, QSettings::IniFormat);
    settings.setValue(QStringLiteral("storage/data_dir"), folder);
    settings.remove(QStringLiteral("storage/database_url")); // would come before the database in the folder
    settings.sync();
    if (settings.status() == QSettings::NoError)
        return {};
    return Error{.code = ErrorCode::Io,
                 .reason = Words::tr("cannot be written; check its permissions and the space on the disk"),
                 .file = settingsFile};
}

} // namespace

void askForAnotherFolder(const ShellContext &context, const Error &error)
{
    ask(context.window, QMessageBox::Critical, Words::tr("The library and the history cannot be opened"),
        error.text() + QStringLiteral("\n\n") +
            Words::tr("Mend the cause and try again, or work with another data folder. Without one, flows can be drawn "
                      "and saved to "
                      "files, but not run."),
        {{.label = Words::tr("Try again"),
          .role = QMessageBox::AcceptRole,
          .action = [context] { context.service->open(); },
          .isDefault = true},
         {.label = Words::tr("Choose another folder..."),
          .role = QMessageBox::ActionRole,
          .action = [context, error] { chooseFolder(context, error); }},
         {.label = Words::tr("Work without"), .role = QMessageBox::RejectRole}});
}

void askToRememberFolder(const ShellContext &context, const QString &settingsFile)
{
    const QString folder = context.service->settings().dataDir;
    const auto keep = [context, settingsFile, folder] {
        if (const Result<void> kept = remember(folder, settingsFile); !kept)
            tell(context.window, Words::tr("The folder is not remembered"), kept.error());
    };
    ask(context.window, QMessageBox::Question, Words::tr("Use %1 from now on?").arg(QDir::toNativeSeparators(folder)),
        Words::tr("It is in use now. If it is not remembered, the next start looks in the usual folder again. "
                  "--data-dir, FLOW_DATA_DIR and DATABASE_URL come before what is remembered."),
        {{.label = Words::tr("From now on"), .role = QMessageBox::AcceptRole, .action = keep},
         {.label = Words::tr("Only this time"), .role = QMessageBox::RejectRole, .isDefault = true}});
}

} // namespace flow
