// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flow {

/// A flow's id: text of 1 to 100 characters, chosen by people or made by newFlowId().
using FlowId = QString;
/// An execution's id: a positive integer given by the database, growing with time. 0: none.
using ExecutionId = qint64;
/// A stored state of a flow: SHA-256 of its canonical JSON, in hex. Equal content has equal ids.
using RevisionId = QString;

/// A fresh id such as `flow-3f2a9c04e1b7`.
FlowId newFlowId();

} // namespace flow
