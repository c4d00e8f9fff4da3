// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/expression.h"

#include "base/json.h"
#include "expression/checker.h"
#include "expression/evaluation.h"
#include "expression/parser.h"
#include "expression/resolver.h"
#include "expression/value_json.h"
#include "expression/value_text.h"

namespace flow {

struct Expression::Compiled
{
    cel::Program program;
    TypeSet types = TypeSet::all();
    QStringList variables = {};
};

namespace {

Error tooLong(const ExpressionLimits &limits)
{
    return Error{.code = ErrorCode::BadExpression,
                 .reason = QCoreApplication::translate("Expression", "the expression is longer than %1 characters")
                               .arg(limits.characters)};
}

Result<cel::Program> parseProgram(const QString &text, const ExpressionLimits &limits)
{
    if (text.size() > limits.characters)
        return tooLong(limits);
    auto parsed = cel::Parser(text, limits).parse();
    if (const auto *failure = std::get_if<cel::Failure>(&parsed))
        return cel::toError(*failure, text);
    return cel::Program{.text = text, .limits = limits, .root = std::move(std::get<cel::NodePtr>(parsed))};
}

Scope openScope(const QStringList &variables)
{
    Scope scope;
    for (const QString &name : variables)
        scope.insert(name, Shape{});
    return scope;
}

cel::Binding bindingOf(const QJsonValue &value)
{
    return {.json = &value};
}

cel::Binding bindingOf(const Value &value)
{
    return {.value = &value};
}

// Dotted names are only looked for where there is a variable with such a name.
template <typename Named>
cel::Bindings bind(const cel::Program &program, const Named &variables)
{
    bool skipDotted = false;
    if (program.hasDotted) {
        skipDotted =
            std::none_of(variables.keyBegin(), variables.keyEnd(), [](const QString &n) { return n.contains(u'.'); });
    }
    cel::Bindings bindings(program.names.size());
    for (qsizetype i = 0; i < program.names.size(); ++i) {
        const QString &name = program.names.at(i);
        if (skipDotted && name.contains(u'.'))
            continue;
        const auto found = variables.constFind(name);
        if (found != variables.cend())
            bindings[i] = bindingOf(*found);
    }
    return bindings;
}

} // namespace

Result<Expression> Expression::compile(const QString &text, const QStringList &variables)
{
    auto program = parseProgram(text, {});
    if (!program)
        return program.error();
    const Scope scope = openScope(variables);
    return finish({.program = std::move(*program)}, variables.isEmpty() ? nullptr : &scope, true);
}

Result<Expression> Expression::compile(const QString &text, const Scope &scope, const ExpressionLimits &limits)
{
    auto program = parseProgram(text, limits);
    if (!program)
        return program.error();
    return finish({.program = std::move(*program)}, &scope, true);
}

Result<Expression> Expression::parse(const QString &text, const ExpressionLimits &limits)
{
    auto program = parseProgram(text, limits);
    if (!program)
        return program.error();
    return finish({.program = std::move(*program)}, nullptr, false);
}

Result<std::pair<Expression, qsizetype>> Expression::compileEmbedded(const QString &text, qsizetype start,
                                                                     const Scope *scope)
{
    const ExpressionLimits limits;
    // What stands behind the longest expression is not even looked at: a template may be as long as a file.
    const qsizetype end = std::min(text.size(), start + limits.characters + 1);
    cel::Parser parser(QStringView(text).first(end), limits, start);
    auto parsed = parser.parseUntilBrace();
    const bool isFailed = std::holds_alternative<cel::Failure>(parsed);
    if (isFailed && parser.hasReachedEnd() && end < text.size())
        return tooLong(limits);
    if (isFailed)
        return cel::toError(std::get<cel::Failure>(parsed), text);
    if (parser.position() - start > limits.characters)
        return tooLong(limits);
    cel::Program program{.text = text, .limits = limits, .root = std::move(std::get<cel::NodePtr>(parsed))};
    auto expression = finish({.program = std::move(program)}, scope, true);
    if (!expression)
        return expression.error();
    return std::pair(std::move(*expression), parser.position());
}

Result<Expression> Expression::finish(Compiled compiled, const Scope *scope, bool isChecked)
{
    const auto failure = cel::resolve(compiled.program, scope);
    if (failure && isChecked)
        return cel::toError(*failure, compiled.program.text);
    if (isChecked) {
        const auto checked = cel::Checker(scope).check(*compiled.program.root);
        if (const auto *mistake = std::get_if<cel::Failure>(&checked))
            return cel::toError(*mistake, compiled.program.text);
        compiled.types = std::get<TypeSet>(checked);
    }
    for (const QString &name : std::as_const(compiled.program.names)) {
        // Without a scope, names with dots are only looked for in case there is such a variable.
        if (scope ? scope->contains(name) : !name.contains(u'.'))
            compiled.variables.append(name);
    }
    return Expression(std::make_shared<const Compiled>(std::move(compiled)));
}

template <typename Named>
Result<Value> Expression::evaluateWith(const Named &variables, qint64 *cost) const
{
    const cel::Program &program = m_compiled->program;
    const cel::Bindings bindings = bind(program, variables);
    cel::Evaluation evaluation(program, bindings);
    Value value;
    const bool done = evaluation.run(value);
    if (cost)
        *cost += evaluation.cost();
    if (!done)
        return cel::toError(evaluation.failure(), program.text);
    return value;
}

Result<Value> Expression::evaluateValue(const Variables &variables) const
{
    return evaluateWith(variables);
}

Result<Value> Expression::evaluateValue(const Values &variables) const
{
    return evaluateWith(variables);
}

Result<QJsonValue> Expression::evaluate(const Variables &variables, qint64 *cost) const
{
    const auto value = evaluateWith(variables, cost);
    if (!value)
        return value.error();
    const ExpressionLimits &limits = m_compiled->program.limits;
    auto json = toJson(*value, {limits.jsonValues, limits.jsonSize});
    if (const QString *reason = std::get_if<QString>(&json))
        return problem(*reason);
    return std::get<QJsonValue>(json);
}

Result<QString> Expression::evaluateText(const Variables &variables, qint64 *cost) const
{
    const auto value = evaluateWith(variables, cost);
    if (!value)
        return value.error();
    const qsizetype most = m_compiled->program.limits.textLength;
    const QString tooLong =
        QCoreApplication::translate("Expression", "this makes a text of more than %1 characters").arg(most);
    if (const auto text = toText(*value))
        return text->size() > most ? Result<QString>(problem(tooLong)) : Result<QString>(*text);
    if (value->type() == ValueType::Bytes)
        return problem(QCoreApplication::translate("Expression", "these bytes are no text: they are not UTF-8"));
    const JsonSize room{most, most};
    const auto json = toJson(*value, room);
    if (const QString *reason = std::get_if<QString>(&json))
        return problem(*reason);
    if (isLarger(std::get<QJsonValue>(json), room))
        return problem(tooLong);
    return QString::fromUtf8(json::writeCompact(std::get<QJsonValue>(json)));
}

Result<bool> Expression::evaluateBool(const Variables &variables) const
{
    const auto value = evaluateValue(variables);
    if (!value)
        return value.error();
    if (const bool *flag = value->get<bool>())
        return *flag;
    return Error{.code = ErrorCode::BadExpression,
                 .reason = QCoreApplication::translate("Expression", "the result must be true or false, and it is %1")
                               .arg(typeWord(value->type()))};
}

/// About the value as a whole.
Error Expression::problem(const QString &reason) const
{
    return cel::toError({m_compiled->program.root->offset, reason}, m_compiled->program.text);
}

QString Expression::text() const
{
    return m_compiled->program.text;
}

TypeSet Expression::types() const
{
    return m_compiled->types;
}

QStringList Expression::variables() const
{
    return m_compiled->variables;
}

FieldsRead Expression::fieldsRead(const QString &variable) const
{
    return cel::fieldsRead(*m_compiled->program.root, variable);
}

} // namespace flow
