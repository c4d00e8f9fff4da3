// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace bench {

/// Seconds to write the rows of `executions` three-task executions one transaction per commit through SQLite's C API on
/// one connection, with the program's pragmas; `durable`: synchronous=FULL, otherwise NORMAL.
double sqliteFloor(int executions, bool durable);

} // namespace bench
