// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/ast.h"

#include <QStringList>

#include <array>
#include <span>
#include <vector>

namespace flow::cel {

class Evaluation;

/// One form of a function: the types it takes, the type it gives and what it does.
struct Overload
{
    static constexpr int mostArguments = 2;
    /// Computes `result` of as many `arguments` as the form takes, of the types it takes; false after a failure.
    using Body = bool (*)(Evaluation &run, const Node &call, const Value *arguments, Value &result);

    QLatin1String name;
    bool isMember;
    int arity; ///< what stands before the dot included
    std::array<TypeSet, mostArguments> takes;
    TypeSet gives;
    Body body;

    /// `string.contains(string)`
    QString signature() const;
};

/// All forms of one name.
struct FunctionGroup
{
    QString name;
    std::vector<const Overload *> overloads;

    /// The form for exactly these types.
    const Overload *find(bool isMember, int arity, const Value *arguments) const;
    /// Every form in the given style, or, when there is none, every form, for messages.
    QString signatures(bool isMember) const;
};

/// Null when there is no function of that name.
const FunctionGroup *findFunction(const QString &name);
QStringList functionNames();

/// What to say of a call of something that is no function, with what was likely meant.
QString unknownFunction(const QString &name, bool isMember);
/// What to say of a call that fits no form.
QString wrongArguments(const FunctionGroup &function, bool isMember);

// The parts of the language's library.
std::span<const Overload> textFunctions();
std::span<const Overload> conversionFunctions();
std::span<const Overload> timeFunctions();

} // namespace flow::cel
