// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/functions.h"
#include "expression/macros.h"
#include "expression/suggest.h"

namespace flow::cel {

bool Evaluation::call(const Node &node, Value &result)
{
    if (!node.function)
        return fail(node, unknownFunction(node.name, node.isMember));
    const int arity = int(node.children.size());
    std::array<Value, Overload::mostArguments> arguments;
    if (arity > Overload::mostArguments)
        return fail(node, wrongArguments(*node.function, node.isMember));
    for (int i = 0; i < arity; ++i) {
        if (!evaluate(*node.children[size_t(i)], arguments[size_t(i)]))
            return false;
    }
    const Overload *overload = node.function->find(node.isMember, arity, arguments.data());
    if (!overload) {
        QStringList given;
        for (int i = 0; i < arity; ++i)
            given.append(typeWord(arguments[size_t(i)].type()));
        return fail(node, tr("%1; here it gets %2")
                              .arg(wrongArguments(*node.function, node.isMember), given.join(QStringLiteral(", "))));
    }
    if (!overload->body(*this, node, arguments.data(), result))
        return false;
    return !isSpent() || fail(node, tr("%1() takes too long here").arg(node.name));
}

} // namespace flow::cel
