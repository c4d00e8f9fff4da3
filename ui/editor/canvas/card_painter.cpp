// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/card_painter.h"

#include "editor/canvas/far_names.h"
#include "look/format.h"

#include <QCoreApplication>
#include <QPainter>

namespace flow {

namespace {

constexpr double statusHeight = 28;

class CardPainter
{
public:
    CardPainter(QPainter &painter, const Look &look, const CardContent &content, QSizeF size, const CardMood &mood)
        : m_painter(painter)
        , m_look(look)
        , m_content(content)
        , m_rect(QPointF(), size)
        , m_mood(mood)
    {
    }

    void paint()
    {
        m_painter.setRenderHint(QPainter::Antialiasing, m_mood.zoom >= farZoom);
        paintSurface();
        if (m_mood.zoom < farZoom)
            return;
        if (m_mood.zoom < nameOnlyZoom) {
            paintNameOnly();
            return;
        }
        paintHead();
        paintStatus();
        paintProgress();
        paintPorts();
        if (m_content.isNext)
            paintNextMark();
        if (m_content.breakpoint || m_mood.hovered)
            paintBreakpoint(m_painter, m_look, breakpointSpot, m_content.breakpoint);
    }

private:
    StateLook state() const
    {
        if (m_content.isNext)
            return {QCoreApplication::translate("TaskItem", "next"), QStringLiteral("pause"), Role::Warning};
        if (!m_content.deadEnd.isEmpty())
            return {QCoreApplication::translate("TaskItem", "no way on"), QStringLiteral("cross"), Role::Failure};
        if (m_content.runIsOver && !wasReached())
            return {QCoreApplication::translate("TaskItem", "not reached"), QStringLiteral("minus"), Role::Muted};
        return flow::look(*m_content.trace);
    }
    bool isTriedAgain() const { return m_content.trace && m_content.trace->retryAt; }
    bool isRunning() const { return m_content.trace && m_content.trace->status == TaskStatus::Running; }
    bool wasReached() const
    {
        return m_content.isNext || (m_content.trace && m_content.trace->status != TaskStatus::Pending);
    }
    bool showsProgress() const { return isRunning() && m_content.trace->progress >= 0; }
    bool hasFailed() const
    {
        return m_content.trace && (m_content.trace->status == TaskStatus::Failure || !m_content.deadEnd.isEmpty());
    }

    Role frameRole() const
    {
        if (m_mood.chosen || m_mood.target)
            return Role::Accent;
        if (m_content.isNext)
            return Role::Warning;
        if (isRunning())
            return Role::Accent;
        if (isTriedAgain())
            return Role::Warning;
        if (hasFailed())
            return Role::Failure;
        return Role::Line;
    }

    void paintSurface()
    {
        const double radius = measure::cardRadius;
        if (m_mood.zoom < farZoom) {
            m_painter.fillRect(m_rect, m_look.color(wasReached()    ? state().role
                                                    : m_mood.chosen ? Role::Accent
                                                                    : Role::Idle));
            return;
        }
        QColor shadow = m_look.color(Role::Shadow);
        m_painter.setPen(Qt::NoPen);
        if (m_mood.zoom >= nameOnlyZoom) {
            shadow.setAlphaF(shadow.alphaF() * (m_mood.hovered ? 0.9f : 0.55f));
            m_painter.setBrush(shadow);
            m_painter.drawRoundedRect(m_rect.translated(0, m_mood.hovered ? 3 : 2), radius + 1, radius + 1);
        }
        const bool strong = m_mood.chosen || m_mood.target || m_content.isNext;
        const double width = strong ? measure::selectionRing : measure::hairline;
        m_painter.setPen(QPen(m_look.color(frameRole()), width, m_mood.target ? Qt::DashLine : Qt::SolidLine));
        m_painter.setBrush(m_look.color(Role::Card));
        const double inset = strong ? -0.5 : 0.5;
        m_painter.drawRoundedRect(m_rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    }

    /// The name in letters of a readable height on the screen, and a strip in the colour of the state.
    void paintNameOnly()
    {
        const double pixel = 1 / m_mood.zoom;
        if (wasReached()) {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(m_look.color(state().role));
            m_painter.drawRoundedRect(QRectF(0, 0, 5 * pixel, m_rect.height()), 2 * pixel, 2 * pixel);
        }
        QFont font = m_look.font(Look::Text::SmallStrong);
        font.setPixelSize(farNamePixels);
        const QSizeF room = m_rect.size() / pixel - QSizeF(14, 2);
        const QStringList lines = nameLines(m_content.task.name, QFontMetricsF(font), room);
        m_painter.save();
        m_painter.scale(pixel, pixel);
        m_painter.setFont(font);
        m_painter.setPen(m_look.color(Role::Text));
        m_painter.drawText(QRectF(QPointF(8, 1), room), Qt::AlignLeft | Qt::AlignVCenter, lines.join(u'\n'));
        m_painter.restore();
    }

    void paintHead()
    {
        const Role role = m_content.isKnownType ? m_look.groupRole(m_content.type.group) : Role::Failure;
        const QRectF tile(10, 13, 24, 24);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_look.color(tintOf(role)));
        m_painter.drawRoundedRect(tile, measure::controlRadius, measure::controlRadius);
        icon(QPointF(14, 17), m_content.isKnownType ? m_content.type.icon : QStringLiteral("error"), role, 16);

        const bool hasBadge = !m_content.problems.isEmpty();
        const double left = 43;
        const double right = m_rect.width() - (hasBadge ? 32 : 14);
        text(QRectF(left, 9, right - left, 18), m_content.task.name, Look::Text::BodyStrong, Role::Text);
        text(QRectF(left, 26, m_rect.width() - 14 - left, 16), typeLine(), Look::Text::Small, Role::Muted);
        if (hasBadge)
            icon(QPointF(m_rect.width() - 30, 10),
                 m_content.hasError ? QStringLiteral("error") : QStringLiteral("warning"),
                 m_content.hasError ? Role::Failure : Role::Warning, 16);
    }

    QString typeLine() const
    {
        if (!m_content.isKnownType)
            return QCoreApplication::translate("TaskItem", "unknown type %1").arg(m_content.task.typeName());
        QStringList parts{m_content.type.title.isEmpty() ? m_content.type.name : m_content.type.title};
        if (!m_content.runsWhen.isEmpty())
            parts.prepend(m_content.runsWhen);
        if (m_content.task.retry && m_content.task.retry->maxAttempts > 1)
            parts << QCoreApplication::translate("TaskItem", "retry %1×").arg(m_content.task.retry->maxAttempts);
        if (m_content.task.timeoutSeconds)
            parts << QCoreApplication::translate("TaskItem", "at most %1")
                         .arg(formatDuration(*m_content.task.timeoutSeconds));
        return parts.join(QStringLiteral(" · "));
    }

    void paintStatus()
    {
        const double top = m_rect.height() - statusHeight;
        m_painter.setPen(QPen(m_look.color(Role::Line), 1));
        m_painter.drawLine(QPointF(10, top + 0.5), QPointF(m_rect.width() - 10, top + 0.5));
        // Letters that reach below the line keep clear of the progress.
        const double up = showsProgress() ? 2 : 0;
        const QRectF line(10, top + 1 - up, m_rect.width() - 22, statusHeight - 2);
        if (!m_content.trace) {
            text(line, detail(), Look::Text::Small, Role::Muted);
            return;
        }
        const StateLook look = state();
        if (isRunning())
            ring(QPointF(17, line.center().y()), look.role);
        else
            icon(QPointF(10, line.center().y() - 7), look.icon, look.role, 14);
        const double wordWidth = text(line.adjusted(19, 0, 0, 0), look.word, Look::Text::SmallStrong, look.role);
        text(line.adjusted(19 + wordWidth + 8, 0, 0, 0), amount(), Look::Text::Small,
             hasFailed() && !isTriedAgain() ? Role::Failure : Role::Muted, Qt::AlignRight);
    }

    /// What matters about a card that has not run: its description, or what its settings say.
    QString detail() const
    {
        if (!m_content.task.description.isEmpty())
            return m_content.task.description;
        return m_content.type.description;
    }

    QString amount() const
    {
        const TaskTrace &trace = *m_content.trace;
        if (trace.status == TaskStatus::Pending)
            return {};
        if (!m_content.deadEnd.isEmpty())
            return m_content.deadEnd;
        if (trace.retryAt)
            return QCoreApplication::translate("TaskItem", "at %1 · %2").arg(timeOfDay(*trace.retryAt), trace.error);
        if (trace.status == TaskStatus::Failure && !trace.error.isEmpty())
            return trace.error;
        // What comes last is the first to be cut off.
        QStringList parts;
        if (trace.status == TaskStatus::Running && !trace.progressText.isEmpty())
            parts << trace.progressText;
        else if (trace.status == TaskStatus::Running && trace.progress >= 0)
            parts << QCoreApplication::translate("TaskItem", "%1 %")
                         .arg(qRound(100 * std::clamp(trace.progress, 0.0, 1.0)));
        if (trace.visits > 1)
            parts << QCoreApplication::translate("TaskItem", "%1 times").arg(formatNumber(trace.visits));
        if (trace.attempt > 1)
            parts << QCoreApplication::translate("TaskItem", "attempt %1").arg(trace.attempt);
        if (trace.status != TaskStatus::Running && !trace.progressText.isEmpty())
            parts << trace.progressText;
        if (trace.status != TaskStatus::Running && trace.status != TaskStatus::Interrupted)
            parts << formatDuration(trace.durationSeconds);
        return parts.join(QStringLiteral(" · "));
    }

    void paintProgress()
    {
        if (!showsProgress())
            return;
        const QRectF track(10, m_rect.height() - 5, m_rect.width() - 20, 3);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_look.color(Role::AccentTint));
        m_painter.drawRoundedRect(track, 1.5, 1.5);
        QRectF done = track;
        done.setWidth(track.width() * std::clamp(m_content.trace->progress, 0.0, 1.0));
        m_painter.setBrush(m_look.color(Role::Accent));
        m_painter.drawRoundedRect(done, 1.5, 1.5);
    }

    void paintPorts()
    {
        port(QPointF(0, inputY), Role::Idle, true, 10);
        for (const Port &way : m_content.ports)
            port(QPointF(m_rect.width(), way.y), roleOf(way.kind), way.leadsOn, measure::port);
    }

    /// The arrow of a debugger: it stands before the card into which the execution goes.
    void paintNextMark()
    {
        const double x = -8;
        QPolygonF arrow{{x - 12, inputY - 4}, {x - 6, inputY - 4}, {x - 6, inputY - 8}, {x + 3, inputY}};
        arrow << QPointF(x - 6, inputY + 8) << QPointF(x - 6, inputY + 4) << QPointF(x - 12, inputY + 4);
        m_painter.setPen(QPen(m_look.color(Role::Canvas), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(m_look.color(Role::Warning));
        m_painter.drawPolygon(arrow);
    }

    void port(QPointF centre, Role role, bool filled, double diameter)
    {
        const double grown = m_mood.hovered && diameter > 10 ? diameter + 2 : diameter;
        const double radius = grown / 2 - 1;
        m_painter.setPen(QPen(m_look.color(filled ? Role::Card : role), 2));
        m_painter.setBrush(filled ? m_look.color(role) : m_look.color(Role::Card));
        m_painter.drawEllipse(centre, filled ? radius : radius - 0.5, filled ? radius : radius - 0.5);
    }

    void ring(QPointF centre, Role role)
    {
        const QRectF circle(centre - QPointF(6, 6), QSizeF(12, 12));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_look.color(tintOf(role)), 2));
        m_painter.drawEllipse(circle);
        m_painter.setPen(QPen(m_look.color(role), 2, Qt::SolidLine, Qt::RoundCap));
        m_painter.drawArc(circle, -m_mood.angle * 16, -100 * 16);
    }

    void icon(QPointF corner, const QString &name, Role role, int size)
    {
        m_painter.drawPixmap(corner, m_look.pixmap(name, role, size, m_mood.pixelRatio * std::max(1.0, m_mood.zoom)));
    }

    /// Draws one elided line and returns its width.
    double text(const QRectF &rect, const QString &content, Look::Text font, Role role,
                Qt::Alignment align = Qt::AlignLeft)
    {
        if (content.isEmpty() || rect.width() < 8)
            return 0;
        m_painter.setFont(m_look.font(font));
        m_painter.setPen(m_look.color(role));
        const QString line =
            m_painter.fontMetrics().elidedText(content.simplified(), Qt::ElideRight, int(rect.width()));
        m_painter.drawText(rect, int(align | Qt::AlignVCenter) | Qt::TextSingleLine, line);
        return m_painter.fontMetrics().horizontalAdvance(line);
    }

    QPainter &m_painter;
    const Look &m_look;
    const CardContent &m_content;
    QRectF m_rect;
    const CardMood &m_mood;
};

} // namespace

void paintCard(QPainter &painter, const Look &look, const CardContent &content, QSizeF size, const CardMood &mood)
{
    CardPainter(painter, look, content, size, mood).paint();
}

Role roleOf(RouteKind kind)
{
    switch (kind) {
    case RouteKind::OnSuccess:
        return Role::Success;
    case RouteKind::OnFailure:
        return Role::Failure;
    case RouteKind::Expression:
        return Role::Expression;
    case RouteKind::Always:
    case RouteKind::Otherwise:
        break;
    }
    return Role::Idle;
}

QString wordOf(RouteKind kind)
{
    switch (kind) {
    case RouteKind::OnSuccess:
        return QCoreApplication::translate("WireItem", "on success");
    case RouteKind::OnFailure:
        return QCoreApplication::translate("WireItem", "on failure");
    case RouteKind::Always:
        return QCoreApplication::translate("WireItem", "always");
    case RouteKind::Otherwise:
        return QCoreApplication::translate("WireItem", "otherwise");
    case RouteKind::Expression:
        break;
    }
    return {};
}

} // namespace flow
