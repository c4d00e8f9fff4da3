// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/theme.h"

#include <cmath>

namespace flow {
namespace {

struct Pair
{
    QRgb light;
    QRgb dark;
};

constexpr Pair colors(Role role)
{
    switch (role) {
    case Role::Canvas:
        return {0xFFF5F7FA, 0xFF14181D};
    case Role::CanvasDot:
        return {0xFFD5DBE3, 0xFF2A323B};
    case Role::Panel:
        return {0xFFFFFFFF, 0xFF1B2026};
    case Role::Bar:
        return {0xFFF0F2F5, 0xFF171C21};
    case Role::Card:
        return {0xFFFFFFFF, 0xFF232A33};
    case Role::Field:
        return {0xFFFFFFFF, 0xFF14181D};
    case Role::Line:
        return {0xFFD6DCE4, 0xFF37414D};
    case Role::Text:
        return {0xFF1B2430, 0xFFE6EAF0};
    case Role::Muted:
        return {0xFF5A6575, 0xFF9CA8B7};
    case Role::Idle:
        return {0xFF7A8594, 0xFF8793A2};
    case Role::Accent:
        return {0xFF2563D9, 0xFF7AA8FF};
    case Role::Success:
        return {0xFF157A47, 0xFF55C98F};
    case Role::Failure:
        return {0xFFBE2B38, 0xFFFF8590};
    case Role::Warning:
        return {0xFF8F5200, 0xFFE6AE57};
    case Role::Expression:
        return {0xFF6D42B8, 0xFFBDA0F7};
    case Role::AccentTint:
        return {0xFFE6EEFC, 0xFF1E2F4E};
    case Role::SuccessTint:
        return {0xFFE2F4EA, 0xFF17372A};
    case Role::FailureTint:
        return {0xFFFBE6E8, 0xFF43222A};
    case Role::WarningTint:
        return {0xFFFCF0DC, 0xFF3B2F1B};
    case Role::ExpressionTint:
        return {0xFFEFE8FB, 0xFF2F2748};
    case Role::IdleTint:
        return {0xFFECEFF3, 0xFF2A323B};
    case Role::OnAccent:
        return {0xFFFFFFFF, 0xFF0E1A30};
    case Role::Shadow:
        return {0x141B2430, 0x55000000};
    }
    return {};
}

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

QColor Theme::color(Role role) const
{
    const Pair pair = colors(role);
    return QColor::fromRgba(isDark() ? pair.dark : pair.light);
}

Role tintOf(Role role)
{
    switch (role) {
    case Role::Accent:
        return Role::AccentTint;
    case Role::Success:
        return Role::SuccessTint;
    case Role::Failure:
        return Role::FailureTint;
    case Role::Warning:
        return Role::WarningTint;
    case Role::Expression:
        return Role::ExpressionTint;
    default:
        return Role::IdleTint;
    }
}

QColor mixed(const QColor &base, const QColor &over, double share)
{
    const auto mix = [share](float a, float b) { return float(a * (1 - share) + b * share); };
    return QColor::fromRgbF(mix(base.redF(), over.redF()), mix(base.greenF(), over.greenF()),
                            mix(base.blueF(), over.blueF()));
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace flow
