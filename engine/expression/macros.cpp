// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/macros.h"

#include <QCoreApplication>

#include <array>

namespace flow::cel {

namespace {

struct Form
{
    QLatin1String name;
    Macro macro;
    int variables;
    bool mayFilter; ///< an optional condition before the last argument
};

constexpr std::array<Form, 13> forms = {{
    {QLatin1String("all"), Macro::All, 1, false},
    {QLatin1String("all"), Macro::All, 2, false},
    {QLatin1String("exists"), Macro::Exists, 1, false},
    {QLatin1String("exists"), Macro::Exists, 2, false},
    {QLatin1String("exists_one"), Macro::ExistsOne, 1, false},
    {QLatin1String("exists_one"), Macro::ExistsOne, 2, false},
    {QLatin1String("existsOne"), Macro::ExistsOne, 1, false},
    {QLatin1String("existsOne"), Macro::ExistsOne, 2, false},
    {QLatin1String("map"), Macro::Map, 1, true},
    {QLatin1String("filter"), Macro::Filter, 1, false},
    {QLatin1String("transformList"), Macro::TransformList, 2, true},
    {QLatin1String("transformMap"), Macro::TransformMap, 2, true},
    {QLatin1String("transformMapEntry"), Macro::TransformMapEntry, 2, true},
}};

const Form *formOf(const Node &call)
{
    const int arguments = int(call.children.size()) - 1;
    for (const Form &form : forms) {
        const int extra = arguments - form.variables - 1;
        if (call.name == form.name && (extra == 0 || (extra == 1 && form.mayFilter)))
            return &form;
    }
    return nullptr;
}

std::optional<Failure> expandHas(Node &call)
{
    if (call.children.size() != 1 || call.children.front()->kind != NodeKind::Select) {
        return Failure{call.offset,
                       QCoreApplication::translate("Expression", "has() takes one field, such as has(input.day)")};
    }
    NodePtr select = std::move(call.children.front());
    call.kind = NodeKind::Has;
    call.offset = select->offset;
    call.name = select->name;
    call.children = std::move(select->children);
    return std::nullopt;
}

} // namespace

std::optional<Failure> expandMacro(Node &call)
{
    if (!call.isMember)
        return call.name == u"has" ? expandHas(call) : std::nullopt;
    const Form *form = formOf(call);
    if (!form)
        return std::nullopt;

    auto &parts = call.children;
    Node::Loop loop{.macro = form->macro};
    for (int i = 1; i <= form->variables; ++i) {
        const Node &variable = *parts[size_t(i)];
        if (variable.kind != NodeKind::Variable || variable.isAbsolute) {
            return Failure{
                variable.offset,
                QCoreApplication::translate("Expression", "%1() needs a plain name here, which stands for each item")
                    .arg(call.name)};
        }
        (i == 1 ? loop.first : loop.second) = variable.name;
    }
    if (loop.first == loop.second) {
        return Failure{parts[2]->offset,
                       QCoreApplication::translate("Expression", "the two names of %1() must differ").arg(call.name)};
    }
    parts.erase(parts.begin() + 1, parts.begin() + 1 + form->variables);
    if (parts.size() == 3)
        std::swap(parts[1], parts[2]);
    call.kind = NodeKind::Comprehension;
    call.loop = std::move(loop);
    return std::nullopt;
}

QStringList macroNames(bool isMember)
{
    if (!isMember)
        return {QStringLiteral("has")};
    QStringList names;
    for (const Form &form : forms)
        names.append(form.name);
    names.removeDuplicates();
    return names;
}

QString macroForm(const QString &name)
{
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const Form &f) { return f.name == name; });
    if (form == forms.end())
        return QStringLiteral("has(map.field)");
    const bool isCondition = form->macro <= Macro::ExistsOne || form->macro == Macro::Filter;
    return QStringLiteral("list.%1(%2, %3)")
        .arg(name, form->variables == 1 ? QStringLiteral("x") : QStringLiteral("i, x"),
             isCondition ? QStringLiteral("condition") : QStringLiteral("value"));
}

} // namespace flow::cel
