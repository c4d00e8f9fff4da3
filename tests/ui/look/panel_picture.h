// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QSet>
#include <QTest>
#include <QWidget>

/// Panels as pictures: shown for real, checked to be more than one flat colour, and kept where FLOW_PICTURES names a
/// folder.
namespace flow {

/// A window of a fixed size with one panel in it, for as long as it lives.
class Stage
{
public:
    Stage(QWidget *panel, QSize size)
        : m_panel(panel)
    {
        panel->setParent(&m_window);
        m_window.resize(size);
        panel->resize(size);
        m_window.show();
        panel->show();
        m_window.activateWindow();
        QApplication::processEvents();
    }
    ~Stage() { m_panel->setParent(nullptr); }
    Q_DISABLE_COPY_MOVE(Stage)

    QImage picture()
    {
        QApplication::processEvents();
        return m_window.grab().toImage();
    }

private:
    QWidget m_window;
    QWidget *m_panel;
};

inline bool saysSomething(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colors.insert(image.pixel(x, y));
    }
    return colors.size() > 8;
}

inline void keepPicture(const QImage &image, const QString &name)
{
    const QString folder = qEnvironmentVariable("FLOW_PICTURES");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        image.save(folder + u'/' + name + QStringLiteral(".png"));
}

/// The widget in both themes.
inline void keepPictures(Look *look, QWidget *widget, const QString &name)
{
    for (const bool dark : {true, false}) {
        look->setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
        QApplication::processEvents();
        keepPicture(widget->grab().toImage(), name + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")));
    }
}

/// Rows "light" and "dark" for a test that has to hold in both.
inline void addThemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

} // namespace flow
