// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/migrations.h"

namespace flow {

/// What a person who cancels an execution wants, kept until it has ended.
Migration migration3();

} // namespace flow
