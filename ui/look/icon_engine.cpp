// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/icon_engine.h"

#include "look/look.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace flow {
namespace {

QByteArray svg(const QString &name)
{
    QFile file(QStringLiteral(":/flow/icons/%1.svg").arg(name));
    if (!file.exists())
        file.setFileName(QStringLiteral(":/flow/icons/task.svg"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QPixmap renderIcon(const QString &name, const QColor &color, const QSize &size)
{
    if (size.isEmpty())
        return {};
    const QString key = QStringLiteral("flow-icon/%1/%2/%3x%4")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg(name).replace("currentColor", color.name(QColor::HexRgb).toLatin1()));
    QPainter painter(&pixmap);
    const int side = std::min(size.width(), size.height());
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

IconEngine::IconEngine(const Look *look, const QString &name, Role role)
    : m_look(look)
    , m_name(name)
    , m_role(role)
{
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    // Zoom of a view counts as well as the screen's scale: always as many pixels as will be seen, and each on its
    // place, because a picture of 16 pixels shrunk by a tenth is no icon any more.
    const QTransform transform = painter->deviceTransform();
    if (transform.type() > QTransform::TxScale || !transform.isInvertible()) {
        const double scale = std::max(0.01, std::hypot(transform.m11(), transform.m12()));
        painter->drawPixmap(rect, renderIcon(m_name, colorFor(mode), (QSizeF(rect.size()) * scale).toSize()));
        return;
    }
    const QRectF seen = transform.mapRect(QRectF(rect));
    const QRect aligned(seen.topLeft().toPoint(), seen.size().toSize());
    const QPixmap picture = renderIcon(m_name, colorFor(mode), aligned.size());
    painter->drawPixmap(transform.inverted().mapRect(QRectF(aligned)), picture, picture.rect());
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    return renderIcon(m_name, colorFor(mode), size);
}

QIconEngine *IconEngine::clone() const
{
    return new IconEngine(*this);
}

QString IconEngine::key() const
{
    return QStringLiteral("flow::IconEngine");
}

QColor IconEngine::colorFor(QIcon::Mode mode) const
{
    if (!m_look)
        return Qt::transparent;
    QColor color = m_look->color(mode == QIcon::Disabled ? Role::Idle : m_role);
    if (mode == QIcon::Disabled)
        color.setAlphaF(0.6f);
    return color;
}

} // namespace flow
