// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/field_editor.h"
#include "editor/inspector_panel.h"
#include "model/flow_json.h"
#include "ui/editor/panel_fixture.h"
#include "ui/look/panel_picture.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace flow {

/// An inspector over the shared flow, in a window, with what tests do to it.
class InspectorStage
{
public:
    explicit InspectorStage(Look *look, QSize size = QSize(320, 760))
        : panel(look)
        , m_stage(&panel, size)
    {
        panel.setDocument(&document);
        settle();
    }
    ~InspectorStage() { panel.setDocument(nullptr); }
    Q_DISABLE_COPY_MOVE(InspectorStage)

    void settle()
    {
        QApplication::processEvents();
        QApplication::processEvents();
    }

    void selectTask(const QString &name)
    {
        document.select(Selection{{name}, {}});
        settle();
    }

    FieldEditor *findField(const QString &key) const
    {
        const QList<FieldEditor *> found = panel.findChildren<FieldEditor *>(QStringLiteral("field.") + key);
        const auto shown = std::find_if(found.begin(), found.end(), [this](const FieldEditor *editor) {
            return editor->parentWidget()->isVisibleTo(&panel);
        });
        return shown == found.end() ? nullptr : *shown;
    }

    FieldEditor *field(const QString &key) const
    {
        FieldEditor *editor = findField(key);
        if (!editor)
            qFatal("no field %s", qPrintable(key));
        return editor;
    }

    /// Replaces the field's text by key strokes.
    void type(const QString &key, const QString &text)
    {
        QWidget *control = field(key)->control();
        control->setFocus();
        QTest::keyClick(control, Qt::Key_A, Qt::ControlModifier);
        if (text.isEmpty())
            QTest::keyClick(control, Qt::Key_Delete);
        for (const QChar letter : text) {
            QTest::keyClick(control, letter.toLatin1());
            settle();
        }
    }

    QLineEdit *name() const
    {
        const QList<QLineEdit *> found = panel.findChildren<QLineEdit *>(QStringLiteral("name"));
        return *std::find_if(found.begin(), found.end(),
                             [this](const QLineEdit *line) { return line->isVisibleTo(&panel); });
    }

    QPushButton *button(const QString &text) const
    {
        const QList<QPushButton *> found = panel.findChildren<QPushButton *>();
        return *std::find_if(found.begin(), found.end(),
                             [&](const QPushButton *one) { return one->text() == text && one->isVisibleTo(&panel); });
    }

    bool says(const QString &text) const
    {
        const QList<QLabel *> labels = panel.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text() == text && label->isVisibleTo(&panel); });
    }

    const Task *task(const QString &taskName) const { return document.flow().task(taskName); }
    QJsonObject config() const { return task(QStringLiteral("Fetch prices"))->config.value_or(QJsonObject()); }
    QImage picture() { return m_stage.picture(); }

    TaskTypes types = panelTaskTypes();
    FlowDocument document{panelFlow(), DocumentHome(), &types};
    InspectorPanel panel;

private:
    Stage m_stage;
};

} // namespace flow
