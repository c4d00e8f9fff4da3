// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/json_reader.h"
#include "base/similar_word.h"
#include "support/flow_test.h"

using namespace flow;

using Read = std::function<QString(JsonObjectReader &reader)>; // reads the field "f", tells what came out
Q_DECLARE_METATYPE(Read)

class TestJsonReader : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void getters_data();
    void getters();
    void reportsUnknownFields();
    void suggests_data();
    void suggests();
    void stopsAtManyErrors();
    void countsCharacters();
};

namespace {

template <typename T>
QString told(const std::optional<T> &value)
{
    return value ? QString::fromUtf8(json::writeCompact(QJsonValue(*value))) : QStringLiteral("nothing");
}

QString told(const QString &text)
{
    return text.isNull() ? QStringLiteral("nothing") : u'\'' + text + u'\'';
}

const QString f = QStringLiteral("f");

} // namespace

void TestJsonReader::getters_data()
{
    QTest::addColumn<Read>("read");
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("result");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("message"); // empty: no error
    QTest::addColumn<std::optional<Error::Range>>("range");

    const auto good = [](const char *name, const Read &read, const char *object, const char *result) {
        QTest::newRow(name) << read << QByteArray(object) << QString::fromUtf8(result) << ErrorCode() << QString()
                            << std::optional<Error::Range>();
    };
    const auto bad = [](const char *name, const Read &read, const char *object, ErrorCode code, const char *message,
                        std::optional<Error::Range> range = std::nullopt) {
        QTest::newRow(name) << read << QByteArray(object) << QStringLiteral("nothing") << code
                            << QString::fromUtf8(message) << range;
    };

    const Read text = [](JsonObjectReader &r) { return told(r.requiredText(f, 1, 3)); };
    good("text", text, R"({"f":"abc"})", "'abc'");
    good("text, three characters of four bytes", text, R"({"f":"😀😀😀"})", "'😀😀😀'");
    bad("text missing", text, "{}", ErrorCode::MissingField, "at.f: is missing");
    bad("text null", text, R"({"f":null})", ErrorCode::MissingField, "at.f = null: must not be null");
    bad("text is a number", text, R"({"f":7})", ErrorCode::NotAString, "at.f = 7: must be a text");
    bad("text empty", text, R"({"f":""})", ErrorCode::BadLength, "at.f = \"\": must have 1 to 3 characters", {{1, 3}});
    bad("text too long", text, R"({"f":"abcd"})", ErrorCode::BadLength, "at.f = \"abcd\": must have 1 to 3 characters",
        {{1, 3}});

    const Read maybeText = [](JsonObjectReader &r) { return told(r.optionalText(f, 0, 3)); };
    good("optional text absent", maybeText, "{}", "nothing");
    good("optional text null", maybeText, R"({"f":null})", "nothing");
    good("optional text empty", maybeText, R"({"f":""})", "''");
    bad("optional text is a list", maybeText, R"({"f":[]})", ErrorCode::NotAString, "at.f = []: must be a text");
    bad("optional text too long", maybeText, R"({"f":"abcd"})", ErrorCode::BadLength,
        "at.f = \"abcd\": must have at most 3 characters", {{0, 3}});

    const Read boolean = [](JsonObjectReader &r) { return told(r.optionalBool(f)); };
    good("bool", boolean, R"({"f":false})", "false");
    good("bool absent", boolean, "{}", "nothing");
    good("bool null", boolean, R"({"f":null})", "nothing");
    bad("bool is a number", boolean, R"({"f":1})", ErrorCode::NotABoolean, "at.f = 1: must be true or false");

    const Read integer = [](JsonObjectReader &r) { return told(r.optionalInteger(f, 1, 100)); };
    good("integer", integer, R"({"f":100})", "100");
    good("integer with fraction of zero", integer, R"({"f":5.0})", "5");
    good("integer absent", integer, "{}", "nothing");
    bad("integer with fraction", integer, R"({"f":1.5})", ErrorCode::NotAnInteger,
        "at.f = 1.5: must be a whole number from 1 to 100");
    bad("integer is text", integer, R"({"f":"x"})", ErrorCode::NotAnInteger,
        "at.f = \"x\": must be a whole number from 1 to 100");
    bad("integer is bool", integer, R"({"f":true})", ErrorCode::NotAnInteger,
        "at.f = true: must be a whole number from 1 to 100");
    bad("integer huge", integer, R"({"f":1e300})", ErrorCode::NotAnInteger,
        "at.f = 1e+300: must be a whole number from 1 to 100");
    bad("integer too small", integer, R"({"f":0})", ErrorCode::OutOfRange,
        "at.f = 0: must be a whole number from 1 to 100", {{1, 100}});
    bad("integer too large", integer, R"({"f":101})", ErrorCode::OutOfRange,
        "at.f = 101: must be a whole number from 1 to 100", {{1, 100}});

    const Read number = [](JsonObjectReader &r) { return told(r.optionalNumber(f, 0.5, 10)); };
    good("number", number, R"({"f":0.5})", "0.5");
    good("whole number", number, R"({"f":10})", "10");
    good("number absent", number, "{}", "nothing");
    bad("number is text", number, R"({"f":"1"})", ErrorCode::NotANumber,
        "at.f = \"1\": must be a number from 0.5 to 10");
    bad("number too small", number, R"({"f":0.4})", ErrorCode::OutOfRange,
        "at.f = 0.4: must be a number from 0.5 to 10", {{1, 10}});
    bad("number too large", number, R"({"f":10.1})", ErrorCode::OutOfRange,
        "at.f = 10.1: must be a number from 0.5 to 10", {{1, 10}});

    const Read object = [](JsonObjectReader &r) { return told(r.requiredObject(f)); };
    const Read maybeObject = [](JsonObjectReader &r) { return told(r.optionalObject(f)); };
    good("object", object, R"({"f":{"a":1}})", R"({"a":1})");
    good("optional object", maybeObject, R"({"f":{}})", "{}");
    good("optional object null", maybeObject, R"({"f":null})", "nothing");
    bad("object missing", object, "{}", ErrorCode::MissingField, "at.f: is missing");
    bad("object is a list", object, R"({"f":[1]})", ErrorCode::NotAnObject, "at.f = [1]: must be an object");
    bad("optional object is text", maybeObject, R"({"f":"a"})", ErrorCode::NotAnObject,
        "at.f = \"a\": must be an object");

    const Read list = [](JsonObjectReader &r) { return told(r.requiredList(f, 1, 2)); };
    const Read maybeList = [](JsonObjectReader &r) { return told(r.optionalList(f, 0, 2)); };
    good("list", list, R"({"f":[1,2]})", "[1,2]");
    good("optional list empty", maybeList, R"({"f":[]})", "[]");
    good("optional list null", maybeList, R"({"f":null})", "nothing");
    bad("list missing", list, "{}", ErrorCode::MissingField, "at.f: is missing");
    bad("list empty", list, R"({"f":[]})", ErrorCode::BadLength, "at.f = []: must have at least 1 item", {{1, 2}});
    bad("list too long", list, R"({"f":[1,2,3]})", ErrorCode::BadLength, "at.f = [1,2,3]: must have at most 2 items",
        {{1, 2}});
    bad("list is an object", list, R"({"f":{}})", ErrorCode::NotAList, "at.f = {}: must be a list");
    bad("optional list is text", maybeList, R"({"f":"a"})", ErrorCode::NotAList, "at.f = \"a\": must be a list");

    const Read any = [](JsonObjectReader &r) { return QString::number(r.any(f).type()); };
    good("any absent", any, "{}", "128");
    good("any null", any, R"({"f":null})", "0");
    const Read has = [](JsonObjectReader &r) { return told(std::optional(r.has(f) && !r.any(f).isUndefined())); };
    good("has", has, R"({"f":0})", "true");
}

void TestJsonReader::getters()
{
    QFETCH(Read, read);
    QFETCH(QByteArray, object);
    QFETCH(QString, result);
    QFETCH(ErrorCode, code);
    QFETCH(QString, message);
    QFETCH(std::optional<Error::Range>, range);

    const json::Parsed parsed = json::parse(object);
    QVERIFY(parsed.errors.isEmpty());
    QList<Error> errors;
    JsonObjectReader reader(parsed.value.toObject(), FieldPath(QStringLiteral("at")), &errors);
    QCOMPARE(read(reader), result);
    reader.finish();
    QCOMPARE(flow::text(errors), message);
    if (!message.isEmpty()) {
        QCOMPARE(int(errors.front().code), int(code));
        QVERIFY(errors.front().range == range);
        QCOMPARE(errors.front().path, FieldPath(QStringLiteral("at")) / f);
    }
}

void TestJsonReader::reportsUnknownFields()
{
    QList<Error> errors;
    JsonObjectReader reader(json::parse(R"({"nmae":"x","zzz":null,"name":"a"})").value.toObject(), {}, &errors);
    QCOMPARE(reader.requiredText(QStringLiteral("name"), 1, 100), QStringLiteral("a"));
    QVERIFY(errors.isEmpty());
    reader.finish();
    QCOMPARE(text(errors), QStringLiteral("nmae = \"x\": is not a known field; did you mean \"name\"?\n"
                                          "zzz = null: is not a known field"));
    QCOMPARE(int(errors.last().code), int(ErrorCode::UnknownField));
}

void TestJsonReader::suggests_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("meant");
    QTest::newRow("same") << QStringLiteral("delay") << QStringLiteral("delay");
    QTest::newRow("letters swapped") << QStringLiteral("tiemout") << QStringLiteral("timeout");
    QTest::newRow("one letter more") << QStringLiteral("delays") << QStringLiteral("delay");
    QTest::newRow("one letter less") << QStringLiteral("dely") << QStringLiteral("delay");
    QTest::newRow("other case") << QStringLiteral("Delay") << QStringLiteral("delay");
    QTest::newRow("the nearest wins") << QStringLiteral("task") << QStringLiteral("tasks");
    QTest::newRow("too different") << QStringLiteral("banana") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("endless") << QString(1'000'000, u'd') << QString();
}

void TestJsonReader::suggests()
{
    QFETCH(QString, word);
    QFETCH(QString, meant);
    QCOMPARE(similarWord(word, {QStringLiteral("timeout"), QStringLiteral("delay"), QStringLiteral("desks"),
                                QStringLiteral("tasks")}),
             meant);
}

void TestJsonReader::stopsAtManyErrors()
{
    QJsonObject object;
    for (int i = 0; i < 5000; ++i)
        object.insert(QStringLiteral("field %1").arg(i), i);
    QList<Error> errors;
    JsonObjectReader(object, {}, &errors).finish();
    QCOMPARE(errors.size(), maxErrors + 1);
    QCOMPARE(errors.last().text(), QStringLiteral("has more than 1000 problems; the others are left out"));
    QCOMPARE(int(errors.last().code), int(ErrorCode::TooLarge));
}

void TestJsonReader::countsCharacters()
{
    QCOMPARE(characterCount(QString()), 0);
    QCOMPARE(characterCount(QStringLiteral("aé€😀")), 4);
    const QString text = QStringLiteral("a😀b😀");
    QCOMPARE(leftCharacters(text, 0), QString());
    QCOMPARE(leftCharacters(text, 1), QStringLiteral("a"));
    QCOMPARE(leftCharacters(text, 2), QStringLiteral("a😀"));
    QCOMPARE(leftCharacters(text, 3), QStringLiteral("a😀b"));
    QCOMPARE(leftCharacters(text, 4), text);
    QCOMPARE(leftCharacters(text, 100), text);
    QCOMPARE(leftCharacters(text.left(2), 1), QStringLiteral("a")); // half a character is one
    QCOMPARE(leftCharacters(text.mid(2), 1), text.mid(2, 1));
}

QTEST_GUILESS_MAIN(TestJsonReader)
#include "tst_json_reader.moc"
