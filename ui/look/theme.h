// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

/// Every colour and measure of the program stands here and nowhere else.
namespace flow {

/// What a colour is for. Each of Accent to Expression has a tint for backgrounds.
enum class Role {
    Canvas,
    CanvasDot,
    Panel,
    Bar,
    Card,
    Field,
    Line,
    Text,
    Muted,
    Idle,
    Accent,
    Success,
    Failure,
    Warning,
    Expression,
    AccentTint,
    SuccessTint,
    FailureTint,
    WarningTint,
    ExpressionTint,
    IdleTint,
    OnAccent, ///< text on a surface of Accent
    Shadow,
};

/// One of the two colour sets. A value, cheap to copy.
class Theme
{
public:
    enum class Kind { Light, Dark };
    explicit Theme(Kind kind = Kind::Light)
        : m_kind(kind)
    {
    }

    Kind kind() const { return m_kind; }
    bool isDark() const { return m_kind == Kind::Dark; }
    QColor color(Role role) const;

    bool operator==(const Theme &) const = default;

private:
    Kind m_kind;
};

/// The background tint that belongs to a strong colour; IdleTint for the ones without.
Role tintOf(Role role);
/// `over` laid on `base` with an opacity of `share` (0 to 1); for hover and pressed surfaces.
QColor mixed(const QColor &base, const QColor &over, double share);
/// Contrast of two opaque colours as WCAG counts it, 1 to 21.
double contrast(const QColor &a, const QColor &b);

/// Logical pixels.
namespace measure {
inline constexpr int grid = 20;
inline constexpr int space1 = 4, space2 = 8, space3 = 12, space4 = 16, space5 = 24;
inline constexpr int controlRadius = 6, cardRadius = 8;
inline constexpr int hairline = 1, selectionRing = 2;
inline constexpr int control = 30, row = 32, toolBar = 44, tabs = 34, statusBar = 28, target = 24;
inline constexpr int cardWidth = 196, cardMaxWidth = 280, cardHeight = 80;
inline constexpr int port = 12, portHit = 16, wireHit = 16, arrow = 8;
inline constexpr int textBody = 13, textTitle = 15, textSmall = 12, textPill = 11, textCode = 12;
inline constexpr int motionMs = 150;
} // namespace measure

} // namespace flow
