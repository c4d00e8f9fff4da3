// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/theme.h"

#include <QPalette>
#include <QString>

namespace flow {

/// The application's palette in the theme's colours.
QPalette paletteOf(const Theme &theme);

/// The application's style sheet: what boxes and colours can say. What needs drawing is FlowStyle's.
///
/// Dynamic properties that it knows: buttons `kind` = primary, danger, link; fields `error` = true; labels `tone` =
/// muted, error, warning, heading; frames `surface` = panel, bar, card.
QString styleSheetOf(const Theme &theme);

} // namespace flow
