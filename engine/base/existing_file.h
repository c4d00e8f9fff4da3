// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace flow {

/// What happens to a file that is there already when one of its name is to be written.
enum class ExistingFile { Keep, Replace };

} // namespace flow
