// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/fields_read.h"

#include "expression/ast.h"

namespace flow {

void FieldsRead::add(const FieldsRead &other)
{
    names += other.names;
    names.removeDuplicates();
    isWhole = isWhole || other.isWhole;
}

namespace cel {

namespace {

/// The text between the brackets of `map["name"]`; null when it is not written out.
const QString *literalIndex(const Node &node)
{
    if (node.kind != NodeKind::Index || node.children[1]->kind != NodeKind::Literal)
        return nullptr;
    return node.children[1]->value.get<QString>();
}

void collect(const Node &node, const QString &variable, FieldsRead *read)
{
    const auto isVariable = [&](const Node &one) {
        return one.kind == NodeKind::Variable && one.local < 0 && one.name == variable;
    };
    if (isVariable(node)) {
        read->isWhole = true;
        return;
    }
    const bool isField = !node.children.empty() && isVariable(*node.children[0]);
    if (isField && (node.kind == NodeKind::Select || node.kind == NodeKind::Has)) {
        read->names << node.name;
        return;
    }
    if (const QString *name = isField ? literalIndex(node) : nullptr) {
        read->names << *name;
        return;
    }
    for (const NodePtr &child : node.children)
        collect(*child, variable, read);
}

} // namespace

FieldsRead fieldsRead(const Node &root, const QString &variable)
{
    FieldsRead read;
    collect(root, variable, &read);
    read.names.removeDuplicates();
    return read;
}

} // namespace cel

} // namespace flow
