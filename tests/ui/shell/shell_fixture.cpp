// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "editor/canvas/flow_scene.h"
#include "shell/document_tabs.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QMessageBox>
#include <QTest>

namespace flow::test {

namespace {

ServiceSettings settingsIn(const QString &dataDir, bool takesOver)
{
    ServiceSettings settings;
    settings.dataDir = dataDir;
    settings.stays = takesOver;
    return settings;
}

} // namespace

Shell::Shell(const QString &dataDir, const QStringList &warnings, bool takesOver)
    : m_handle(settingsIn(dataDir, takesOver))
{
    m_look.applyTo(qApp);
    const bool isFirstStart = !QFile::exists(dataDir + QStringLiteral("/window.ini"));
    m_window = std::make_unique<MainWindow>(MainWindow::Parts{.service = &m_handle,
                                                              .look = &m_look,
                                                              .server = &m_server,
                                                              .types = builtInTasks().types(),
                                                              .settingsFile = dataDir + QStringLiteral("/settings.ini"),
                                                              .theme = {},
                                                              .warnings = warnings});
    // The screen of the offscreen platform is smaller than people's.
    if (isFirstStart)
        m_window->resize(1440, 900);
}

Shell::~Shell()
{
    close();
}

bool Shell::open(const StartWishes &wishes)
{
    bool started = false;
    QObject::connect(m_window.get(), &MainWindow::started, m_window.get(), [&started] { started = true; });
    m_window->show();
    m_handle.open();
    m_window->start(wishes);
    return QTest::qWaitForWindowExposed(m_window.get()) &&
           QTest::qWaitFor([&] { return (started && m_handle.service()) || dialog(); }, 20'000);
}

void Shell::close()
{
    if (!m_window)
        return;
    m_window.reset();
    m_handle.close();
}

FlowTab *Shell::tab()
{
    return m_window->tabs()->current();
}

FlowDocument *Shell::document()
{
    return tab() ? tab()->document() : nullptr;
}

QWidget *Shell::widget(const QString &objectName)
{
    auto *found = m_window->findChild<QWidget *>(objectName);
    if (!found)
        qFatal("no widget is called %s", qPrintable(objectName));
    return found;
}

void Shell::click(QWidget *widget, Qt::MouseButton button)
{
    QTest::mouseClick(widget, button);
}

QWidget *Shell::activate()
{
    QWidget *front = dialog() ? static_cast<QWidget *>(dialog()) : m_window.get();
    front->activateWindow();
    if (!QTest::qWaitForWindowActive(front))
        qFatal("the window in front does not become active");
    return front;
}

void Shell::key(int key, Qt::KeyboardModifiers modifiers)
{
    QWidget *front = activate();
    QTest::keyClick(front->windowHandle(), static_cast<Qt::Key>(key), modifiers);
}

void Shell::type(const QString &text)
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

bool Shell::addTask(const QString &title)
{
    auto *list = m_window->findChild<QDockWidget *>(QStringLiteral("tasks"))->findChild<QListView *>();
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.data().toString() != title)
            continue;
        list->scrollTo(index);
        const QPoint place = list->visualRect(index).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place);
        return true;
    }
    return false;
}

bool Shell::drag(const QString &source, qsizetype port, const QString &target)
{
    CanvasView *canvas = tab()->canvas();
    const TaskItem *from = canvas->flowScene()->task(source);
    const TaskItem *to = canvas->flowScene()->task(target);
    if (!from || !to)
        return false;
    const QPoint begin = canvas->mapFromScene(from->outputPort(port));
    const QPoint end = canvas->mapFromScene(to->sceneCard().center());
    QWidget *view = canvas->viewport();
    QTest::mouseMove(view, begin);
    QTest::mousePress(view, Qt::LeftButton, {}, begin);
    for (int step = 1; step <= 8; ++step)
        QTest::mouseMove(view, begin + (end - begin) * step / 8);
    QTest::mouseRelease(view, Qt::LeftButton, {}, end);
    return true;
}

QDialog *Shell::dialog()
{
    return qobject_cast<QDialog *>(QApplication::activeModalWidget());
}

bool Shell::answer(const QString &button)
{
    QAbstractButton *found = nullptr;
    const bool there = QTest::qWaitFor([&] {
        for (QAbstractButton *candidate :
             dialog() ? dialog()->findChildren<QAbstractButton *>() : QList<QAbstractButton *>()) {
            if (candidate->isVisible() && candidate->text().remove(u'&') == button)
                found = candidate;
        }
        return found != nullptr;
    });
    if (!there)
        return false;
    QTest::mouseClick(found, Qt::LeftButton);
    return true;
}

QString Shell::dialogText()
{
    if (!QTest::qWaitFor([this] { return dialog() != nullptr; }))
        return {};
    const auto *box = qobject_cast<QMessageBox *>(dialog());
    if (box)
        return box->text() + u'\n' + box->informativeText();
    QStringList texts;
    for (const QLabel *label : dialog()->findChildren<QLabel *>())
        texts.append(label->text());
    return texts.join(u'\n');
}

bool Shell::waitForRunEnd()
{
    return QTest::qWaitFor([this] { return tab() && tab()->run().id && tab()->run().execution; }, 20'000);
}

QAbstractItemView *itemView(QWidget *panel)
{
    for (QAbstractItemView *view : panel->findChildren<QAbstractItemView *>()) {
        const QWidget *above = view;
        while (above && !qobject_cast<const QComboBox *>(above))
            above = above->parentWidget();
        if (!above)
            return view;
    }
    return nullptr;
}

FlowFile smallFlow(const FlowId &id, const QString &name)
{
    FlowFile file;
    file.flow.id = id;
    file.flow.name = name;
    file.flow.startTask = QStringLiteral("first");
    file.flow.tasks = {{.name = QStringLiteral("first"), .type = QStringLiteral("noop")},
                       {.name = QStringLiteral("second"), .type = QStringLiteral("noop")}};
    file.flow.conditions = {{.name = QStringLiteral("go on"),
                             .sourceTask = QStringLiteral("first"),
                             .outcome = Outcome::Success,
                             .targetTaskSuccess = QStringLiteral("second"),
                             .targetTaskFailure = endTarget}};
    return file;
}

FlowFile slowFlow(const FlowId &id, double seconds)
{
    FlowFile file;
    file.flow.id = id;
    file.flow.name = QStringLiteral("Slow");
    file.flow.startTask = QStringLiteral("wait");
    file.flow.tasks = {{.name = QStringLiteral("wait"),
                        .type = QStringLiteral("delay"),
                        .config = QJsonObject{{QStringLiteral("seconds"), seconds}}}};
    return file;
}

FlowFile failingFlow(const FlowId &id, const QString &message)
{
    FlowFile file;
    file.flow.id = id;
    file.flow.name = QStringLiteral("Fails");
    file.flow.startTask = QStringLiteral("break");
    file.flow.tasks = {{.name = QStringLiteral("break"),
                        .type = QStringLiteral("fail"),
                        .config = QJsonObject{{QStringLiteral("message"), message}}}};
    return file;
}

} // namespace flow::test
