// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/failure.h"
#include "expression/program.h"
#include "expression/shape.h"

#include <QCoreApplication>

namespace flow::cel {

/// Finds what can be known to be wrong before anything is evaluated: names that do not exist, functions with wrong
/// arguments, operators between types that never work. What depends on data is left to the evaluation. Lives for one
/// check.
class Checker
{
    Q_DECLARE_TR_FUNCTIONS(Expression)

public:
    /// Without `scope` any variable may exist.
    explicit Checker(const Scope *scope)
        : m_scope(scope)
    {
    }

    /// The types the whole may have, or the first mistake.
    std::variant<TypeSet, Failure> check(const Node &root);

private:
    struct Known
    {
        TypeSet types = TypeSet::all();
        const Shape *shape = nullptr;
    };

    Known visit(const Node &node);
    Known variable(const Node &node);
    Known select(const Node &node);
    Known field(const Node &node, const Known &operand, const QString &name);
    Known index(const Node &node);
    Known call(const Node &node);
    Known map(const Node &node);
    Known conditional(const Node &node);
    Known arithmetic(const Node &node);
    Known compared(const Node &node);
    Known contained(const Node &node);
    Known loop(const Node &node);
    void require(const Node &node, TypeSet types, const QString &what);
    /// `other` is what the value is compared with.
    void requireWord(const Known &value, const Node &other);
    Known all(const Node &node, TypeSet result);
    Known fail(qsizetype offset, const QString &reason);

    const Scope *m_scope;
    QList<Known> m_locals;
    std::optional<Failure> m_failure;
};

} // namespace flow::cel
