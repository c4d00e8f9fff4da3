// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/flow_scene.h"
#include "editor/canvas_view.h"
#include "tasks/task_registry.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

namespace flow::test {

inline FlowFile exampleFlow(const QString &name)
{
    const QString path = QStringLiteral(FLOW_SOURCE_DIR "/resources/examples/") + name + QStringLiteral(".flow.json");
    const FlowFileReading reading = loadFlowFile(path);
    return reading.ok() ? reading.file : FlowFile();
}

inline QStringList exampleNames()
{
    QStringList names;
    const QDir folder(QStringLiteral(FLOW_SOURCE_DIR "/resources/examples"));
    for (const QString &file : folder.entryList({QStringLiteral("*.flow.json")}, QDir::Files, QDir::Name))
        names << file.chopped(QStringLiteral(".flow.json").size());
    return names;
}

/// A canvas on the screen, in one theme, with all built-in task types.
class CanvasStage
{
public:
    explicit CanvasStage(const FlowFile &file, bool dark = false, QSize size = {1180, 620})
        : m_types(builtInTasks().types())
        , document(file, {}, &m_types)
    {
        look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
        look.applyTo(qApp);
        view = std::make_unique<CanvasView>(&document, &look);
        view->resize(size);
        view->show();
        view->fit();
        isShown = QTest::qWaitForWindowExposed(view.get());
    }

    QImage picture() const
    {
        QApplication::processEvents();
        return view->grab().toImage();
    }
    /// Kept where FLOW_PICTURES names a folder.
    void keep(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("FLOW_PICTURES");
        if (!folder.isEmpty() && QDir().mkpath(folder))
            picture().save(folder + u'/' + name + QStringLiteral(".png"));
    }

private:
    TaskTypes m_types;

public:
    Look look;
    FlowDocument document;
    std::unique_ptr<CanvasView> view;
    bool isShown = false;
};

} // namespace flow::test
