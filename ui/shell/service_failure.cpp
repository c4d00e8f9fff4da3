// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/service_failure.h"

#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QCoreApplication>
#include <QFileDialog>

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

} // namespace flow
