// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshots.h"

#include "document/breakpoint_list.h"
#include "shell/document_tabs.h"
#include "shell/history_controller.h"
#include "shell/open_controller.h"
#include "shell/service_handle.h"
#include "shell/window_docks.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>

#include <cstdio>

namespace flow {

namespace {

QDialog *openDialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *dialog = qobject_cast<QDialog *>(widget); dialog && dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

void dismiss()
{
    while (QDialog *dialog = openDialog())
        dialog->reject();
}

constexpr int settleMs = 350; ///< motion has ended and everything is painted
constexpr int pollMs = 50;
constexpr int maxPolls = 600;
constexpr QSize size(1440, 900);
/// These are taken at twice the scale as well.
const QStringList sharp{QStringLiteral("running"),         QStringLiteral("paused"),
                        QStringLiteral("context-invalid"), QStringLiteral("context-refused"),
                        QStringLiteral("force-invalid"),   QStringLiteral("handlers"),
                        QStringLiteral("handlers-failed"), QStringLiteral("past-failure")};

} // namespace

Screenshots::Screenshots(MainWindow *window, Look *look, ServiceHandle *service, const QString &folder)
    : m_window(window)
    , m_look(look)
    , m_service(service)
    , m_folder(folder)
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &Screenshots::poll);
    connect(service, &ServiceHandle::failed, this, [this](const Error &error) { fail(error.text()); });
}

void Screenshots::start()
{
    if (!QDir().mkpath(m_folder))
        return fail(tr("the folder %1 cannot be made").arg(m_folder));
    m_window->resize(size);
    makeScenes();
    makeRunScenes();
    makePauseScenes();
    makeHandlerScenes();
    makeOtherScenes();
    next();
}

void Screenshots::makeScenes()
{
    const auto opened = [this] { return m_service->service() != nullptr; };
    m_scenes = {
        {QStringLiteral("empty"), [] {}, opened},
        {QStringLiteral("example"), [this] { m_window->opener()->openExample(); }},
        {QStringLiteral("condition"), [this] { m_window->tabs()->current()->canvas()->revealCondition(0); }},
        {QStringLiteral("run-input"),
         [this] {
             open(QStringLiteral("report"));
             trigger(ActionId::RunWithInput);
         }},
    };
}

void Screenshots::makeRunScenes()
{
    m_scenes += {
        {QStringLiteral("running"),
         [this] {
             dismiss();
             m_window->docks()->showTimeline();
             trigger(ActionId::Run);
         },
         [this] {
             const TabRun &run = m_window->tabs()->current()->run();
             return run.trace.tasks.value(QStringLiteral("Fetch prices")).progress > 0.4;
         }},
        {QStringLiteral("completed"), [] {}, [this] { return ended(); }},
        {QStringLiteral("paused"),
         [this] {
             BreakpointList *breakpoints = m_window->tabs()->current()->canvas()->breakpoints();
             breakpoints->put({.task = QStringLiteral("Join and total"), .condition = {}, .when = {}});
             breakpoints->put(
                 {.task = QStringLiteral("Write report"), .condition = {}, .when = QStringLiteral("input.limit > 10")});
             const Flow &flow = m_window->tabs()->current()->document()->flow();
             breakpoints->put({.task = {}, .condition = flow.conditions.first().name, .when = {}});
             trigger(ActionId::Step);
             m_window->docks()->showTimeline();
         },
         [this] { return stepTo(QStringLiteral("Fetch prices")); }},
        {QStringLiteral("context"), [this] { m_window->docks()->showData(); }},
    };
}

/// What a person can say of a paused run, right and wrong.
void Screenshots::makePauseScenes()
{
    m_scenes += {
        {QStringLiteral("edit-context"), [this] { trigger(ActionId::EditContext); }},
        {QStringLiteral("context-invalid"),
         [this] { typeInDialog(QStringLiteral("contextJson"), QStringLiteral("{\n  \"limit\": ten\n}\n")); }},
        {QStringLiteral("context-refused"),
         [this] {
             typeInDialog(QStringLiteral("contextJson"),
                          QStringLiteral("{\n  \"day\": \"2026-11-30\",\n  \"limit\": 10,\n"
                                         "  \"Read orders\": {\n    \"status\": \"good\"\n  }\n}\n"));
             openDialog()->findChild<QPushButton *>(QStringLiteral("takeButton"))->click();
         },
         [] { return openDialog()->findChild<QPushButton *>(QStringLiteral("takeButton"))->isEnabled(); }},
        {QStringLiteral("force-result"),
         [this] {
             dismiss();
             trigger(ActionId::ForceResult);
         }},
        {QStringLiteral("force-invalid"),
         [this] { typeInDialog(QStringLiteral("data"), QStringLiteral("{\"total\": 12,50}")); }},
        {QStringLiteral("force-failure"),
         [this] {
             typeInDialog(QStringLiteral("data"), {});
             openDialog()->findChild<QRadioButton *>(QStringLiteral("fails"))->setChecked(true);
         }},
    };
}

/// A flow with a task for its failure and one for its end: drawn, and run until it has failed.
void Screenshots::makeHandlerScenes()
{
    m_scenes += {
        {QStringLiteral("handlers"),
         [this] {
             dismiss();
             trigger(ActionId::Stop);
             open(QStringLiteral("handlers"));
         }},
        {QStringLiteral("handlers-failed"), [this] { trigger(ActionId::Run); }, [this] { return ended(); }},
        {QStringLiteral("past-failure"),
         [this] { m_window->history()->openExecution(m_window->tabs()->current()->run().id); },
         [this] { return m_window->tabs()->current()->pastRun() != 0; }},
    };
}

void Screenshots::makeOtherScenes()
{
    m_scenes += {
        {QStringLiteral("failed"),
         [this] {
             open(QStringLiteral("import"));
             m_window->docks()->showLog();
             trigger(ActionId::Run);
         },
         [this] { return ended(); }},
        {QStringLiteral("history"),
         [this] {
             m_window->docks()->showHistory();
             runMore();
         },
         [this] { return m_service->service()->runningExecutions() == 0; }},
        {QStringLiteral("past-run"), [this] { m_window->history()->openExecution(1); },
         [this] { return m_window->tabs()->current() && m_window->tabs()->current()->pastRun() == 1; }},
        {QStringLiteral("problems"),
         [this] {
             m_window->opener()->newFlow();
             FlowDocument *document = m_window->tabs()->current()->document();
             document->addTask(QStringLiteral("task1"), QPointF(0, 0));
             document->addTask(QStringLiteral("task2"), QPointF(300, 0));
             m_window->docks()->showProblems();
         }},
        {QStringLiteral("unsaved"), [this] { trigger(ActionId::CloseTab); }},
        {QStringLiteral("settings"),
         [this] {
             dismiss();
             trigger(ActionId::Settings);
         }},
        {QStringLiteral("save"),
         [this] {
             dismiss();
             trigger(ActionId::Save);
         }},
        {QStringLiteral("search"),
         [this] {
             dismiss();
             trigger(ActionId::Search);
         }},
    };
}

void Screenshots::typeInDialog(const QString &field, const QString &text)
{
    openDialog()->findChild<QPlainTextEdit *>(field)->setPlainText(text);
}

/// Steps on until this task comes next.
bool Screenshots::stepTo(const QString &task)
{
    const TabRun &run = m_window->tabs()->current()->run();
    if (run.isPaused() && run.trace.nextTask != task)
        trigger(ActionId::Step);
    return run.isPaused() && run.trace.nextTask == task;
}

/// A history that is worth a picture. Other flows run as well, started from outside.
void Screenshots::runMore()
{
    FlowService *service = m_service->service();
    (void)service->async([service] {
        for (int i = 0; i < 4; ++i) {
            (void)service->start(QStringLiteral("harvest-prices"), {});
            (void)service->start(
                QStringLiteral("monthly-report"),
                {{QStringLiteral("day"), QStringLiteral("2026-11-30")}, {QStringLiteral("limit"), 10}});
        }
    });
}

void Screenshots::open(const QString &example)
{
    QFile file(QStringLiteral(":/flow/tour/%1.flow.json").arg(example));
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    const FlowFileReading reading = readFlowFile(file.readAll(), example);
    if (!reading.ok())
        return fail(text(reading.errors));
    m_window->opener()->show(reading.file, {});
}

void Screenshots::trigger(ActionId id)
{
    m_window->actions()[id]->trigger();
}

bool Screenshots::ended() const
{
    const FlowTab *tab = m_window->tabs()->current();
    return tab && tab->run().id && tab->run().execution;
}

void Screenshots::next()
{
    if (++m_at == m_scenes.size()) {
        QCoreApplication::exit(0);
        return;
    }
    m_patience = maxPolls;
    m_scenes[m_at].arrange();
    m_timer.start();
}

void Screenshots::poll()
{
    const Scene &scene = m_scenes[m_at];
    if (scene.ready && !scene.ready()) {
        if (--m_patience == 0)
            fail(tr("the state “%1” was not reached").arg(scene.name));
        return;
    }
    m_timer.stop();
    QTimer::singleShot(settleMs, this, [this, name = scene.name] {
        take(name);
        next();
    });
}

void Screenshots::take(const QString &name)
{
    for (const Look::Mode mode : {Look::Mode::Dark, Look::Mode::Light}) {
        m_look->setMode(mode);
        QApplication::processEvents();
        const QString theme = mode == Look::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light");
        write(QStringLiteral("main-%1-%2").arg(theme, name), 1);
        if (sharp.contains(name))
            write(QStringLiteral("main-%1-%2@2x").arg(theme, name), 2);
    }
}

void Screenshots::write(const QString &name, double scale)
{
    QPixmap picture(m_window->size() * scale);
    picture.setDevicePixelRatio(scale);
    m_window->render(&picture);
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget == m_window || !widget->isVisible() || !widget->isWindow() || widget->size().isEmpty())
            continue;
        QPixmap over(widget->size() * scale);
        over.setDevicePixelRatio(scale);
        widget->render(&over);
        QPainter painter(&picture);
        const QRect middle(
            QPoint((m_window->width() - widget->width()) / 2, (m_window->height() - widget->height()) / 3),
            widget->size());
        painter.drawPixmap(middle.topLeft(), over);
        painter.setPen(m_look->color(Role::Line));
        painter.drawRect(middle.adjusted(-1, -1, 0, 0));
    }
    const QString path = QStringLiteral("%1/%2.png").arg(m_folder, name);
    if (!picture.save(path))
        fail(tr("%1 cannot be written").arg(path));
}

void Screenshots::fail(const QString &text)
{
    std::fprintf(stderr, "flow-manager: %s\n", qPrintable(text));
    m_timer.stop();
    QCoreApplication::exit(1);
}

} // namespace flow
