// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

#include <memory>
#include <vector>

namespace re2 {
class RE2;
}

namespace flow::cel {

struct FunctionGroup;

enum class NodeKind {
    Literal,
    Variable,      ///< name
    Select,        ///< child.name
    Has,           ///< has(child.name)
    Index,         ///< child[child]
    Call,          ///< name(children) or child.name(children)
    List,          ///< children
    Map,           ///< key, value, key, value
    And,           ///< children, two or more
    Or,            ///< children, two or more
    Conditional,   ///< condition, then, else
    Not,           ///< child
    Negate,        ///< child
    Arithmetic,    ///< children joined from the left by steps
    Compare,       ///< two children and one step
    In,            ///< child in child
    Comprehension, ///< a macro over a list or map: range, body, and filter if there is one
};

enum class Operator : quint8 {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual
};

enum class Macro : quint8 { All, Exists, ExistsOne, Map, Filter, TransformList, TransformMap, TransformMapEntry };

struct Node;
using NodePtr = std::unique_ptr<Node>;

/// One part of a parsed expression. The parser fills the upper half, the resolver the lower one.
struct Node
{
    struct Step
    {
        Operator op;
        qsizetype offset; ///< of the operator
    };
    struct Loop
    {
        Macro macro;
        QString first;  ///< element or key; with two variables index or key
        QString second; ///< element or value; null where the macro was given one variable
        int local = -1; ///< where `first` lives; `second` comes next
    };

    NodeKind kind;
    qsizetype offset = 0; ///< where a message about this part points to
    int height = 1;       ///< levels below, itself included
    Value value = {};
    QString name = {};
    std::vector<NodePtr> children = {};
    std::vector<Step> steps = {};
    std::optional<Loop> loop = {};
    bool isMember = false;   ///< Call: the first child stands before the dot
    bool isAbsolute = false; ///< Variable: `.name`, which no variable of a macro hides

    int local = -1;                          ///< Variable: of a macro
    int slot = -1;                           ///< Variable, or Select that may be one dotted name: of the environment
    const FunctionGroup *function = nullptr; ///< Call: null when there is none of that name
    std::shared_ptr<const re2::RE2> pattern = {}; ///< Call of matches() with a literal
};

} // namespace flow::cel
