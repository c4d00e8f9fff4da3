// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/field_path.h"

#include <QString>

#include <optional>

namespace flow {

/// What kind of mistake an Error is. Faces (REST, command line, GUI) branch on this, never on the text.
enum class ErrorCode {
    // A document or request that cannot be read.
    Syntax,       ///< not JSON, or not valid UTF-8
    TooLarge,     ///< more bytes or items than the limit
    TooDeep,      ///< nested deeper than the limit
    DuplicateKey, ///< the same key twice in one object
    MissingField, ///< a required field is absent
    UnknownField, ///< a field the format does not have
    NotAString,
    NotABoolean,
    NotAnInteger,
    NotANumber,
    NotAnObject,
    NotAList,
    BadLength,     ///< text or list shorter or longer than `range`
    OutOfRange,    ///< a number outside `range`
    NotOneOf,      ///< not one of the allowed words
    BadExpression, ///< an expression that does not parse or check
    // A document that reads well and says something impossible.
    DuplicateName,
    UnknownReference,
    InvalidFlow,
    // The world.
    NotFound,
    Conflict,   ///< exists already, or was changed by somebody else
    NotAllowed, ///< legal request, refused in this state (an inactive flow, for instance)
    Unauthorized,
    Io,          ///< a file or socket failed
    Full,        ///< no space left
    Corrupt,     ///< stored data is damaged
    NewerSchema, ///< stored data was written by a newer program
    Cancelled,
    Internal,
};

/// One thing that went wrong, with everything needed to mend it. A plain value; any thread.
///
/// text() reads like `orders.flow.json:12: tasks[2].retry.max_attempts = "x": must be a whole number from 1 to 100`;
/// parts that are unknown are left out.
struct Error
{
    struct Range
    {
        qint64 least = 0;
        qint64 most = 0;
        bool operator==(const Range &) const = default;
    };

    ErrorCode code = ErrorCode::Internal;
    QString reason;      ///< plain sentence without a final full stop: the rule, or what happened and what to do
    FieldPath path = {}; ///< where in the document; empty for the whole
    QString value = {};  ///< the offending value as JSON, shortened; null when there is none
    QString file = {};   ///< file, table or host the error is about; null when there is none
    int line = 0;        ///< from 1; 0 when unknown
    std::optional<Range> range = {}; ///< bounds of BadLength and OutOfRange

    QString text() const;

    bool operator==(const Error &) const = default;
};

/// Several errors, one line each.
QString text(const QList<Error> &errors);

} // namespace flow
