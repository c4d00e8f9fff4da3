// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace flow {

/// How much of an execution a cancel ends. Only what a person says counts: the others can be said again and again, by
/// several, and mean the same.
enum class CancelReach {
    Further, ///< the first time what runs, so that its final task is next; the second time that, too
    Work,    ///< what runs; its final task still does
    All,     ///< its final task as well
};

} // namespace flow
