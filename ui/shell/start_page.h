// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"

#include <QWidget>

class QVBoxLayout;

namespace flow {

/// What stands in the middle while nothing is open: what to do next, as buttons, and the files opened lately. GUI
/// thread.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    StartPage(const Actions &actions, Look *look, QWidget *parent = nullptr);

    void setRecentFiles(const QStringList &paths);

Q_SIGNALS:
    void fileActivated(const QString &path);

private:
    QWidget *m_recent;
    QVBoxLayout *m_recentLayout;
};

} // namespace flow
