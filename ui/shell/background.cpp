// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/background.h"

namespace flow {

QThreadPool *backgroundPool()
{
    static QThreadPool *const pool = [] {
        auto *made = new QThreadPool; // never freed, because that would wait for all of them
        made->setObjectName(QStringLiteral("background"));
        made->setMaxThreadCount(16);
        return made;
    }();
    return pool;
}

} // namespace flow
