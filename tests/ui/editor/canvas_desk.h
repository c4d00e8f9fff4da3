// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/flow_scene.h"
#include "editor/canvas_view.h"

#include <QTest>

namespace flow::test {

inline TaskTypes someTypes()
{
    TaskTypes types;
    for (const QString &name : {QStringLiteral("noop"), QStringLiteral("delay"), QStringLiteral("log")}) {
        TaskType type;
        type.name = name;
        type.title = name;
        type.group = QStringLiteral("Control");
        types.insert(name, type);
    }
    return types;
}

/// a, b and c in a row, unconnected.
inline FlowFile threeTasks()
{
    FlowFile file;
    file.flow.id = QStringLiteral("three");
    file.flow.name = QStringLiteral("Three");
    file.flow.startTask = QStringLiteral("a");
    double x = 0;
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
        Task task;
        task.name = name;
        task.type = QStringLiteral("noop");
        file.flow.tasks << task;
        file.layout.tasks.insert(name, QPointF(x, 0));
        x += 260;
    }
    return file;
}

/// An open canvas with helpers that move a real mouse in scene coordinates.
struct Desk
{
    explicit Desk(const FlowFile &file)
        : document(file, {}, &types)
        , view(&document, &look)
    {
        view.resize(1200, 700);
        view.show();
        view.setZoom(1);
        view.centerOn(300, 100);
        ready = QTest::qWaitForWindowExposed(&view);
    }
    QPoint at(QPointF scene) const { return view.mapFromScene(scene); }
    QPointF card(const char *name, QPointF offset = {98, 15}) const
    {
        return view.flowScene()->task(QString::fromLatin1(name))->pos() + offset;
    }
    QPointF port(const char *name, qsizetype index) const
    {
        return view.flowScene()->task(QString::fromLatin1(name))->outputPort(index);
    }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *paper = view.viewport();
        QTest::mousePress(paper, Qt::LeftButton, modifiers, at(from));
        QTest::mouseMove(paper, at(from + (to - from) / 3));
        QTest::mouseMove(paper, at(from + (to - from) / 2));
        QTest::mouseMove(paper, at(to));
        QTest::mouseRelease(paper, Qt::LeftButton, modifiers, at(to));
    }
    void click(QPointF where, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, at(where));
    }
    QString ways(const char *source) const
    {
        QStringList ways;
        for (const Route &route : routesFrom(document.flow(), QString::fromLatin1(source))) {
            static const char *const words[] = {"success", "failure", "always", "expression", "otherwise"};
            ways << QString::fromLatin1(words[int(route.kind)]) + u'>' + route.target;
        }
        return ways.join(u' ');
    }

    TaskTypes types = someTypes();
    Look look;
    FlowDocument document;
    CanvasView view;
    bool ready = false;
};

} // namespace flow::test
