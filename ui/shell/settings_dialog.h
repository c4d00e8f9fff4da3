// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "look/look.h"
#include "service/service_settings.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QSpinBox;

namespace flow {

/// Theme, time limits, port of the REST server; shows where the data is kept. GUI thread.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(const ServiceSettings &settings, const QString &settingsFile, Look *look, QWidget *parent);

    Look::Mode theme() const;
    quint16 port() const;

    /// Writes limits and port where the next start reads them.
    Result<void> save() const;

private:
    QWidget *makeFolderRow(const QString &folder);
    QLabel *makePath(const QString &path, const QString &name);
    QSpinBox *makeSeconds(std::chrono::nanoseconds value, const QString &name);

    QString m_settingsFile;
    QComboBox *m_theme;
    QSpinBox *m_taskLimit;
    QSpinBox *m_flowLimit;
    QSpinBox *m_port;
};

} // namespace flow
