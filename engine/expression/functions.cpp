// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/functions.h"

#include "expression/macros.h"
#include "expression/suggest.h"
#include "expression/value_text.h"

#include <QCoreApplication>
#include <QHash>

namespace flow::cel {

namespace {

QHash<QString, FunctionGroup> collect()
{
    QHash<QString, FunctionGroup> groups;
    for (const auto &part : {textFunctions(), conversionFunctions(), timeFunctions()}) {
        for (const Overload &overload : part) {
            FunctionGroup &group = groups[overload.name];
            group.name = overload.name;
            group.overloads.push_back(&overload);
        }
    }
    return groups;
}

const QHash<QString, FunctionGroup> &allFunctions()
{
    static const QHash<QString, FunctionGroup> groups = collect();
    return groups;
}

QString wordsOf(TypeSet types)
{
    return types.isAll() ? QStringLiteral("any") : types.words();
}

} // namespace

QString Overload::signature() const
{
    QStringList arguments;
    for (int i = isMember ? 1 : 0; i < arity; ++i)
        arguments.append(wordsOf(takes[size_t(i)]));
    const QString call = name + u'(' + arguments.join(QStringLiteral(", ")) + u')';
    return isMember ? wordsOf(takes[0]) + u'.' + call : call;
}

const Overload *FunctionGroup::find(bool isMember, int arity, const Value *arguments) const
{
    for (const Overload *overload : overloads) {
        if (overload->isMember != isMember || overload->arity != arity)
            continue;
        bool fits = true;
        for (int i = 0; i < arity && fits; ++i)
            fits = overload->takes[size_t(i)].has(arguments[i].type());
        if (fits)
            return overload;
    }
    return nullptr;
}

QString FunctionGroup::signatures(bool isMember) const
{
    QStringList same;
    QStringList all;
    for (const Overload *overload : overloads) {
        all.append(overload->signature());
        if (overload->isMember == isMember)
            same.append(overload->signature());
    }
    return (same.isEmpty() ? all : same).join(QStringLiteral(", "));
}

const FunctionGroup *findFunction(const QString &name)
{
    const auto found = allFunctions().constFind(name);
    return found == allFunctions().cend() ? nullptr : &*found;
}

QStringList functionNames()
{
    QStringList names = allFunctions().keys();
    names.sort();
    return names;
}

QString unknownFunction(const QString &name, bool isMember)
{
    if (macroNames(isMember).contains(name))
        return QCoreApplication::translate("Expression", "%1() needs other arguments; it is written %2")
            .arg(name, macroForm(name));
    return QCoreApplication::translate("Expression", "there is no function %1()%2")
        .arg(excerpt(name), didYouMean(name, functionNames() + macroNames(isMember)));
}

QString wrongArguments(const FunctionGroup &function, bool isMember)
{
    return QCoreApplication::translate("Expression", "%1() is written %2")
        .arg(function.name, function.signatures(isMember));
}

} // namespace flow::cel
