// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/issue.h"

#include <QMap>

namespace flow {

/// What somebody has typed into a field and what is no value yet, such as half a JSON object. The flow cannot hold it,
/// so the document keeps it beside: it is there again when the field is shown again, counts as an unsaved change, and
/// is an Issue, so that nobody runs or saves the flow without it unawares.
struct Unfinished
{
    QString title;   ///< of the field, for people
    QString text;    ///< as it was typed
    QString problem; ///< what is wrong with it, a plain sentence
    bool operator==(const Unfinished &) const = default;
};

/// By the field's key.
using UnfinishedFields = QMap<QString, Unfinished>;

/// Whose fields they are: a task or condition by name, or the flow itself.
struct Subject
{
    Place::Kind kind = Place::Kind::Flow;
    QString name = {}; ///< empty for the flow
    bool operator==(const Subject &) const = default;
    friend bool operator<(const Subject &a, const Subject &b)
    {
        return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
    }
};

/// As Issues of what `flow` has; fields of tasks and conditions that are gone are left out.
QList<Issue> unfinishedIssues(const Flow &flow, const QMap<Subject, UnfinishedFields> &unfinished);

} // namespace flow
