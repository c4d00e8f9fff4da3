// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "service/flow_service.h"
#include "shell/main_window.h"
#include "shell/rest_server.h"
#include "shell/service_handle.h"

#include <QPointer>
#include <QTemporaryDir>

class QAbstractItemView;
class QDialog;

namespace flow::test {

/// Stands for the network: says what it was asked and answers at once.
class FakeRestServer : public RestServer
{
    Q_OBJECT

public:
    void start(FlowService *, quint16 port) override
    {
        ++starts;
        if (refusal.isNull())
            Q_EMIT started(QStringLiteral("127.0.0.1:%1").arg(port));
        else
            Q_EMIT failed({.code = ErrorCode::Io, .reason = refusal});
    }
    void stop() override { Q_EMIT stopped(); }

    int starts = 0;
    QString refusal;
};

/// The program's window on a data folder of its own, with the real service behind it. Everything is done as a person
/// does it: by mouse and keys, and by waiting until something can be seen.
class Shell
{
public:
    /// `warnings`: of the settings. One that `takesOver` goes on with what dead programs have left, as the program
    /// does.
    explicit Shell(const QString &dataDir, const QStringList &warnings = {}, bool takesOver = false);
    ~Shell();

    /// Shows the window and waits for service and restored tabs.
    bool open(const StartWishes &wishes = {});
    /// Closes the window and ends the service as `main` does.
    void close();

    MainWindow &window() { return *m_window; }
    FlowService *service() { return m_handle.service(); }
    Look &look() { return m_look; }
    FakeRestServer &server() { return m_server; }
    FlowTab *tab();
    FlowDocument *document();

    QWidget *widget(const QString &objectName);
    template <typename T>
    T *widget(const QString &objectName)
    {
        return qobject_cast<T *>(widget(objectName));
    }

    /// Gives the keyboard to the window in front, as a window manager does.
    QWidget *activate();
    void click(QWidget *widget, Qt::MouseButton button = Qt::LeftButton);
    void click(const QString &objectName) { click(widget(objectName)); }
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString &text);

    /// Double-clicks a task type in the palette.
    bool addTask(const QString &title);
    /// Drags from a task's n-th port onto another card.
    bool drag(const QString &source, qsizetype port, const QString &target);

    /// The dialog in front; null when there is none.
    QDialog *dialog();
    /// Waits for a dialog and clicks its button with this text.
    bool answer(const QString &button);
    QString dialogText();

    bool waitForRunEnd();

private:
    ServiceHandle m_handle;
    Look m_look;
    FakeRestServer m_server;
    std::unique_ptr<MainWindow> m_window;
};

/// The list or table of a panel, not the one of a combo box in it.
QAbstractItemView *itemView(QWidget *panel);

/// A flow of tasks that need no chance: `first` -> `second`.
FlowFile smallFlow(const FlowId &id, const QString &name);
/// A flow with one task that waits for so many seconds.
FlowFile slowFlow(const FlowId &id, double seconds);
/// A flow whose only task fails with this message.
FlowFile failingFlow(const FlowId &id, const QString &message);

} // namespace flow::test
