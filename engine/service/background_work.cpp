// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/background_work.h"

#include "service/logging.h"

#include <QCoreApplication>

namespace flow {

Error errorOfException(const std::exception *exception)
{
    struct Messages
    {
        Q_DECLARE_TR_FUNCTIONS(BackgroundWork)
    };
    const QString what =
        exception ? QString::fromLocal8Bit(exception->what()) : Messages::tr("an exception that carries no text");
    qCCritical(lcService, "Work in the background failed: %s", qUtf8Printable(what));
    return {.code = ErrorCode::Internal,
            .reason =
                Messages::tr("The program failed at this (%1); its log says when. Try again, or restart the program")
                    .arg(what)};
}

} // namespace flow
