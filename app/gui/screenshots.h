// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/main_window.h"

#include <QTimer>

#include <functional>

namespace flow {

/// Drives the real window through its main states and writes a picture of each, in both themes, then ends the program.
/// GUI thread.
class Screenshots : public QObject
{
    Q_OBJECT

public:
    Screenshots(MainWindow *window, Look *look, ServiceHandle *service, const QString &folder);

    void start();

private:
    /// One state: how to get there, when it is reached, and the picture's name.
    struct Scene
    {
        QString name;
        std::function<void()> arrange;
        std::function<bool()> ready = {}; ///< empty: at once
    };

    void makeScenes();
    void makeRunScenes();
    void makePauseScenes();
    void makeHandlerScenes();
    void makeOtherScenes();
    void next();
    void poll();
    void take(const QString &name);
    void write(const QString &name, double scale);
    void open(const QString &example);
    void runMore();
    void typeInDialog(const QString &field, const QString &text);
    void trigger(ActionId id);
    bool ended() const;
    bool stepTo(const QString &task);
    void fail(const QString &text);

    MainWindow *m_window;
    Look *m_look;
    ServiceHandle *m_service;
    QString m_folder;
    QList<Scene> m_scenes;
    qsizetype m_at = -1;
    int m_patience = 0;
    QTimer m_timer;
};

} // namespace flow
