// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/resolver.h"

#include "expression/functions.h"
#include "expression/regex.h"

namespace flow::cel {

namespace {

class Resolver
{
public:
    Resolver(Program &program, const Scope *scope)
        : m_program(program)
        , m_scope(scope)
    {
        const QStringList names = scope ? scope->keys() : QStringList();
        m_mayBeDotted =
            !scope || std::any_of(names.begin(), names.end(), [](const QString &n) { return n.contains(u'.'); });
    }

    std::optional<Failure> run()
    {
        visit(*m_program.root);
        return m_failure;
    }

private:
    void visit(Node &node)
    {
        switch (node.kind) {
        case NodeKind::Variable:
            resolveVariable(node);
            break;
        case NodeKind::Select:
            if (!resolveTypeName(node))
                resolveDotted(node);
            break;
        case NodeKind::Call:
            resolveCall(node);
            break;
        case NodeKind::Comprehension:
            resolveLoop(node);
            return;
        default:
            break;
        }
        for (const NodePtr &child : node.children)
            visit(*child);
    }

    void resolveVariable(Node &node)
    {
        if (!node.isAbsolute)
            node.local = int(m_locals.lastIndexOf(node.name));
        if (node.local < 0)
            node.slot = slotFor(node.name);
    }

    int slotFor(const QString &name)
    {
        qsizetype slot = m_program.names.indexOf(name);
        if (slot < 0) {
            slot = m_program.names.size();
            m_program.names.append(name);
        }
        return int(slot);
    }

    bool isLocal(const Node &node) const
    {
        const Node *root = &node;
        while (!root->children.empty())
            root = root->children.front().get();
        return !root->isAbsolute && m_locals.contains(root->name);
    }

    // Timestamps and durations have types with dots in their names.
    bool resolveTypeName(Node &node)
    {
        const QString name = dottedName(node);
        const auto type = name.isNull() ? std::nullopt : typeOfName(name);
        if (!type || isLocal(node) || (m_scope && m_scope->contains(name.section(u'.', 0, 0))))
            return false;
        node.kind = NodeKind::Literal;
        node.value = Value(*type);
        node.children.clear();
        return true;
    }

    void resolveDotted(Node &node)
    {
        const QString name = m_mayBeDotted ? dottedName(node) : QString();
        if (name.isNull() || isLocal(node) || (m_scope && !m_scope->contains(name)))
            return;
        node.slot = slotFor(name);
        m_program.hasDotted = true;
    }

    void resolveCall(Node &node)
    {
        node.function = findFunction(node.name);
        const bool hasPattern = node.name == u"matches" && node.children.size() == 2;
        const QString *text = hasPattern ? node.children[1]->value.get<QString>() : nullptr;
        if (!text || node.children[1]->kind != NodeKind::Literal)
            return;
        auto compiled = compilePattern(*text, m_program.limits);
        if (const QString *problem = std::get_if<QString>(&compiled)) {
            if (!m_failure)
                m_failure = Failure{node.children[1]->offset, *problem};
        } else {
            node.pattern = std::get<Pattern>(std::move(compiled));
        }
    }

    void resolveLoop(Node &node)
    {
        visit(*node.children[0]);
        const qsizetype before = m_locals.size();
        node.loop->local = int(before);
        m_locals.append(node.loop->first);
        if (!node.loop->second.isNull())
            m_locals.append(node.loop->second);
        m_program.locals = std::max(m_program.locals, int(m_locals.size()));
        for (size_t i = 1; i < node.children.size(); ++i)
            visit(*node.children[i]);
        m_locals.resize(before);
    }

    Program &m_program;
    const Scope *m_scope;
    bool m_mayBeDotted = true;
    QStringList m_locals;
    std::optional<Failure> m_failure;
};

} // namespace

std::optional<Failure> resolve(Program &program, const Scope *scope)
{
    return Resolver(program, scope).run();
}

QString dottedName(const Node &node)
{
    if (node.kind == NodeKind::Variable)
        return node.name;
    if (node.kind != NodeKind::Select)
        return {};
    const QString before = dottedName(*node.children[0]);
    return before.isNull() ? QString() : before + u'.' + node.name;
}

} // namespace flow::cel
