// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>
#include <QWidget>

/// Panels as pictures: shown for real, checked to be more than one flat colour, and kept where FLOW_PICTURES names a folder.
namespace flow {

inline QImage picture(QWidget &panel, QSize size)
{
    panel.resize(size);
    panel.show();
    QApplication::processEvents();
    QApplication::processEvents();
    return panel.grab().toImage();
}

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

/// Rows "light" and "dark" for a test that has to hold in both.
inline void addThemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

} // namespace flow
