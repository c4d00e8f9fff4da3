// SPDX-License-Identifier: GPL-3.0-or-later
// cel_cases FILE...: runs files of cases, each `{section, name, expr, bindings?, value | error}`, where a value is
// `{"type": "int", "value": "7"}`. Types are compared exactly; where an error is expected, evaluation must fail.

#include "expression/expression.h"
#include "expression/value_access.h"
#include "expression/value_text.h"

#include <QFile>
#include <QJsonDocument>
#include <QTextStream>

#include <cmath>

using namespace flow;

namespace {

Value readValue(const QJsonObject &json);

Value readList(const QJsonArray &items)
{
    QList<Value> list;
    for (const QJsonValue item : items)
        list.append(readValue(item.toObject()));
    return Value(list);
}

Value readMap(const QJsonArray &entries)
{
    auto map = std::make_shared<MapValue>();
    for (const QJsonValue entry : entries)
        map->insert(readValue(entry.toArray().at(0).toObject()), readValue(entry.toArray().at(1).toObject()));
    return Value(std::shared_ptr<const MapValue>(map));
}

Value readDouble(const QString &text)
{
    if (text == u"inf" || text == u"infinity")
        return Value(HUGE_VAL);
    if (text == u"-inf" || text == u"-infinity")
        return Value(-HUGE_VAL);
    return Value(text.toDouble());
}

qint64 wholeOf(const QJsonValue &value)
{
    return value.isString() ? value.toString().toLongLong() : value.toInteger();
}

Value readTime(const QJsonObject &json, bool isTimestamp)
{
    const qint64 seconds = wholeOf(json[u"seconds"]);
    const qint64 nanos = wholeOf(json[u"nanos"]);
    return isTimestamp ? Value(Value::Instant{seconds, qint32(nanos)})
                       : Value(Value::Span{seconds * 1'000'000'000 + nanos});
}

Value readValue(const QJsonObject &json)
{
    const QString type = json[u"type"].toString();
    const QJsonValue value = json[u"value"];
    if (type == u"bool")
        return Value(value.toBool());
    if (type == u"int")
        return Value(wholeOf(value));
    if (type == u"uint")
        return Value(value.isString() ? value.toString().toULongLong() : quint64(value.toInteger()));
    if (type == u"double")
        return value.isString() ? readDouble(value.toString()) : Value(value.toDouble());
    if (type == u"string")
        return Value(value.toString());
    if (type == u"bytes")
        return Value(QByteArray::fromBase64(json[u"base64"].toString().toLatin1()));
    if (type == u"list")
        return readList(value.toArray());
    if (type == u"map")
        return readMap(value.toArray());
    if (type == u"timestamp" || type == u"duration")
        return readTime(json, type == u"timestamp");
    if (type == u"type")
        return Value(typeOfName(value.toString()).value_or(ValueType::Null));
    return {};
}

bool isSameList(const Value &left, const Value &right);
bool isSameMap(const Value &left, const Value &right);

// Equal in type and content: 1 is not 1.0 here, and NaN is NaN.
bool isSame(const Value &left, const Value &right)
{
    if (left.type() != right.type())
        return false;
    if (left.type() == ValueType::List)
        return isSameList(left, right);
    if (left.type() == ValueType::Map)
        return isSameMap(left, right);
    if (const double *number = left.get<double>()) {
        const double other = *right.get<double>();
        return std::isnan(*number) ? std::isnan(other)
                                   : *number == other && std::signbit(*number) == std::signbit(other);
    }
    if (const QByteArray *bytes = left.get<QByteArray>())
        return *bytes == *right.get<QByteArray>();
    return toText(left) == toText(right);
}

bool isSameList(const Value &left, const Value &right)
{
    bool isEqual = sizeOf(left) == sizeOf(right);
    for (qsizetype i = 0; isEqual && i < sizeOf(left); ++i)
        isEqual = isSame(itemAt(left, i), itemAt(right, i));
    return isEqual;
}

bool isSameMap(const Value &left, const Value &right)
{
    if (sizeOf(left) != sizeOf(right))
        return false;
    const QList<Value> keys = keysOf(left);
    const QList<Value> others = keysOf(right);
    return std::all_of(keys.begin(), keys.end(), [&](const Value &key) {
        const bool isThere = std::any_of(others.begin(), others.end(), [&](const Value &o) { return isSame(key, o); });
        return isThere && isSame(*valueFor(left, *toMapKey(key)), *valueFor(right, *toMapKey(key)));
    });
}

QString describe(const Value &value)
{
    QStringList parts;
    if (value.type() == ValueType::List) {
        for (qsizetype i = 0; i < sizeOf(value); ++i)
            parts.append(describe(itemAt(value, i)));
    } else if (value.type() == ValueType::Map) {
        const QList<Value> keys = keysOf(value);
        for (const Value &key : keys)
            parts.append(describe(key) + QStringLiteral(": ") + describe(*valueFor(value, *toMapKey(key))));
    } else if (const QByteArray *bytes = value.get<QByteArray>()) {
        parts.append(QString::fromLatin1(bytes->toHex(' ')));
    } else {
        parts.append(toText(value).value_or(QString()));
    }
    return typeWord(value.type()) + u'(' + parts.join(QStringLiteral(", ")) + u')';
}

// What is wrong with the outcome of a case; null when nothing is.
QString problemOf(const QJsonObject &testCase)
{
    Values variables;
    const QJsonObject bindings = testCase[u"bindings"].toObject();
    for (auto binding = bindings.begin(); binding != bindings.end(); ++binding)
        variables.insert(binding.key(), readValue(binding->toObject()));

    const auto expression = Expression::parse(testCase[u"expr"].toString());
    const auto value = expression ? expression->evaluateValue(variables) : Result<Value>(expression.error());
    if (testCase.contains(u"error"))
        return value ? QStringLiteral("expected an error, got ") + describe(*value) : QString();
    const Value expected = readValue(testCase[u"value"].toObject());
    if (!value)
        return QStringLiteral("expected %1, got the error: %2").arg(describe(expected), value.error().text());
    return isSame(*value, expected) ? QString()
                                    : QStringLiteral("expected %1, got %2").arg(describe(expected), describe(*value));
}

} // namespace

int main(int count, char **arguments)
{
    QTextStream out(stdout);
    int passed = 0;
    int failed = 0;
    if (count < 2) {
        out << "usage: cel_cases FILE...\n";
        return 2;
    }
    for (int i = 1; i < count; ++i) {
        QFile file(QString::fromLocal8Bit(arguments[i]));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        const QJsonDocument document = isOpen ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
        if (!document.isArray()) {
            out << file.fileName() << ": cannot be read as a JSON list of cases\n";
            return 2;
        }
        const QJsonArray cases = document.array();
        for (const QJsonValue item : cases) {
            const QJsonObject testCase = item.toObject();
            const QString problem = problemOf(testCase);
            ++(problem.isNull() ? passed : failed);
            if (!problem.isNull()) {
                out << file.fileName() << ": " << testCase[u"section"].toString() << '/' << testCase[u"name"].toString()
                    << ": " << testCase[u"expr"].toString() << ": " << problem << '\n';
            }
        }
    }
    out << passed << " passed, " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
}
