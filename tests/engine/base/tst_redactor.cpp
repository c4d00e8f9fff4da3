// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"
#include "base/redactor.h"
#include "base/secret_shapes.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QUrl>

using namespace flow;

/// What may not be shown is gone from texts and JSON, in whatever shape it comes back.
class TestRedactor : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void severalSecrets_data();
    void severalSecrets();
    void json_data();
    void json();
    void leavesOtherTextsAlone();
    void stopsWhenCancelled();
    void pieces();
    void cuts_data();
    void cuts();
    void nothingSurvives();
    void insideOfBase64();
};

void TestRedactor::texts_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("redacted");

    const auto row = [](const char *name, const char *secret, const char *text, const char *redacted) {
        QTest::newRow(name) << QString::fromUtf8(secret) << QString::fromUtf8(text) << QString::fromUtf8(redacted);
    };
    row("as it is", "hunter2", "login hunter2 failed", "login [secret S] failed");
    row("twice, side by side", "hunter2", "hunter2hunter2", "[secret S][secret S]");
    row("the shortest", "abcd", "xabcdx", "x[secret S]x");
    row("too short to look for", "abc", "xabcx", "xabcx");
    row("in JSON", "a\"b\\c", R"({"k":"a\"b\\c"})", R"({"k":"[secret S]"})");
    row("in JSON with escaped slashes", "ab/cd", R"(ab\/cd)", "[secret S]");
    row("in JSON of ASCII only", "größe", R"(gr\u00f6\u00dfe)", "[secret S]");
    row("in JSON in JSON", "a\"b\\c", R"({"k":"{\"k\":\"a\\\"b\\\\c\"}"})", R"({"k":"{\"k\":\"[secret S]\"}"})");
    row("in a shell", "it's me", R"(+ echo 'it'\''s me')", "+ echo '[secret S]'");
    row("in double quotes of a shell", "p& s$w`\"\\!", R"(P="p& s\$w\`\"\\!")", R"(P="[secret S]")");
    row("in double quotes with history", "p& s$w!x", R"(P="p& s\$w\!x")", R"(P="[secret S]")");
    row("without quotes in a shell", "p& ss$w(r)d!1x y", R"(p\&\ ss\$w\(r\)d\!1x\ y)", "[secret S]");
    row("without quotes, a mark first", "#a b", R"(\#a\ b)", "[secret S]");
    row("in bytes of a shell", "größe'\n-é", R"(: $'gr\303\266\303\237e\'\n-\303\251')", ": $'[secret S]'");
    row("in bytes of Python", "größe-é", R"(b'gr\xc3\xb6\xc3\x9fe-\xc3\xa9')", "b'[secret S]'");
    row("in ASCII of Python", "größe-€😀", R"('gr\xf6\xdfe-\u20ac\U0001f600')", "'[secret S]'");
    row("in a path of git", "größe\"x", R"("gr\303\266\303\237e\"x")", R"("[secret S]")");
    row("in Python", "it's\t\"me\"", R"(['it\'s\t"me"'])", "['[secret S]']");
    row("in HTML", "a<b>&c", "<p>a&lt;b&gt;&amp;c</p>", "<p>[secret S]</p>");
    row("in XML", "it's<", "it&#39;s&lt;", "[secret S]");
    row("in hexadecimal digits", "hunter2", "68756e74657232 68756E74657232", "[secret S] [secret S]");
    row("percent-encoded", "p@ss word", "?p=p%40ss%20word&", "?p=[secret S]&");
    row("percent-encoded, small letters", "p/ss?x", "p%2fss%3fx", "[secret S]");
    row("percent-encoded in a form", "p@ss word", "p=p%40ss+word", "p=[secret S]");
    row("percent-encoded by a browser", "it's!", "it's!|it%27s%21", "[secret S]|[secret S]");
    row("in a query whose marks stay", "a=b&c d", "a=b&c%20d", "[secret S]");
    row("in base64", "hunter2", "Basic aHVudGVyMg== x", "Basic [secret S] x");
    row("in base64 without padding", "hunter2", "aHVudGVyMg.", "[secret S].");
    row("in base64 for URLs", "\?\?>>ÿ", "Pz8-PsO_", "[secret S]");
    row("in base64 as a password, 2 bytes before", "hunter2", "YTpodW50ZXIy", "YTp[secret S]");
    row("in base64 as a password, 3 bytes before", "hunter2", "Ym86aHVudGVyMg==", "Ym86[secret S]");
    row("in base64 of a document", "hunter2", "eyJwIjoiaHVudGVyMiJ9", "eyJwIjoi[secret S]iJ9");
    row("in base64 with a line end", "hunter2", "aHVudGVyMgo=", "[secret S]");
    row("without the space around it", "  hunter2\n", "<hunter2>", "<[secret S]>");
    row("each line", "first line\nsecond\nabc", "second, then first line, abc", "[secret S], then [secret S], abc");
    row("lines of another system", "first\r\nsecond", "second", "[secret S]");
    row("texts of a JSON document", R"({"user":"bob","password":"hunter2"})", "sent hunter2 for bob",
        "sent [secret S] for bob");
    row("written anew as JSON", R"({"b": [1, 2], "a": 1})", R"(got {"a":1,"b":[1,2]})", "got [secret S]");
    row("not a pattern", "a.*b(c", "axxb(c a.*b(c", "axxb(c [secret S]");
    row("not an expression", "${input.x}", "say ${input.x}", "say [secret S]");
    row("the mark itself", "[secret", "a [secret b", "a *** S] b");
    row("a word of the mark", "secret", "my secret", "my [*** S]");
    row("made of stars", "****", "*****", "[secret S]");
}

void TestRedactor::texts()
{
    QFETCH(QString, secret);
    QFETCH(QString, text);
    Redactor redactor;
    redactor.add(QStringLiteral("S"), secret);
    QTEST(redactor.redacted(text), "redacted");
}

void TestRedactor::severalSecrets_data()
{
    QTest::addColumn<QStringList>("secrets"); // named A, B, C
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("redacted");

    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    const auto text = [](const char *plain) { return QString::fromLatin1(plain); };
    QTest::newRow("apart") << words("alpha beta") << text("beta, alpha") << text("[secret B], [secret A]");
    QTest::newRow("one in the other") << words("alpha alphabet") << text("alphabet alpha")
                                      << text("[secret B] [secret A]");
    QTest::newRow("overlapping: nothing of either stays")
        << words("abcd cdefgh") << text("xabcdefghx") << text("x[secret B]x");
    QTest::newRow("a name that is a secret") << words("alpha A]xyz") << text("alphaxyz") << text("[secret ***");
    QTest::newRow("the same value twice") << words("alpha alpha") << text("alpha") << text("[secret A]");
}

void TestRedactor::severalSecrets()
{
    QFETCH(QStringList, secrets);
    QFETCH(QString, text);
    Redactor redactor;
    for (qsizetype i = 0; i < secrets.size(); ++i)
        redactor.add(QString(QChar(static_cast<char16_t>(u'A' + i))), secrets.at(i));
    QTEST(redactor.redacted(text), "redacted");
}

void TestRedactor::json_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("json"); // in a list
    QTest::addColumn<QString>("redacted");

    const auto row = [](const char *name, const char *secret, const char *json, const char *redacted) {
        QTest::newRow(name) << QString::fromUtf8(secret) << QString::fromUtf8(json) << QString::fromUtf8(redacted);
    };
    row("deep", "hunter2", R"([{"a":["x hunter2"]}])", R"([{"a":["x [secret S]"]}])");
    row("names of members", "hunter2", R"([{"hunter2":1}])", R"([{"[secret S]":1}])");
    row("names that become the same", "hunter2", R"([{"aHVudGVyMg":1,"hunter2":2}])",
        R"j([{"[secret S]":1,"[secret S] (2)":2}])j");
    row("a number", "12345678", "[12345678, 1234567]", R"(["[secret S]",1234567])");
    row("a number that is written in another way", "1.50e3", "[1500]", R"(["[secret S]"])");
    row("digits of a number", "4567", "[12345678]", R"(["123[secret S]8"])");
    row("JSON that was read", R"({"k": 1, "l": [2]})", R"([{"k":1,"l":[2]},{"k":1}])", R"(["[secret S]",{"k":1}])");
    row("true and null stay", "true", "[true,null]", R"("***")");
    row("part of what is written", R"("a":1,"b")", R"([{"a":1,"b":2}])", R"("***")");
    row("nothing to do", "hunter2", R"([{"a":[1,true,null,"x"]}])", R"([{"a":[1,true,null,"x"]}])");
}

void TestRedactor::json()
{
    QFETCH(QString, secret);
    QFETCH(QString, json);
    Redactor redactor;
    redactor.add(QStringLiteral("S"), secret);
    const json::Parsed parsed = json::parse(json.toUtf8());
    QVERIFY(parsed.errors.isEmpty());
    QTEST(QString::fromUtf8(json::writeCompact(redactor.redacted(parsed.value))), "redacted");
}

void TestRedactor::leavesOtherTextsAlone()
{
    Redactor redactor;
    QVERIFY(redactor.isEmpty());
    QVERIFY(redactor.redacted(QString()).isNull());
    QVERIFY(redactor.redacted(QJsonValue(QJsonValue::Undefined)).isUndefined());
    redactor.add(QStringLiteral("S"), QStringLiteral("hunter2"));
    QVERIFY(!redactor.isEmpty());
    QVERIFY(redactor.redacted(QString()).isNull());
    QVERIFY(redactor.redacted(QJsonValue(QJsonValue::Undefined)).isUndefined());
    QVERIFY(!redactor.finds(QStringLiteral("hunter")));
    QVERIFY(redactor.finds(QStringLiteral("hunter23")));
}

/// Nobody waits for the rest of what is dropped, and nothing of it goes by unseen.
void TestRedactor::stopsWhenCancelled()
{
    const QJsonValue value(
        QJsonArray{QStringLiteral("hunter2"), QJsonObject{{QStringLiteral("a"), QStringLiteral("x")}}});
    Redactor redactor;
    CancelSource source;
    source.cancel();
    QCOMPARE(redactor.redacted(value, source.token()), value); // there is nothing to look for
    redactor.add(QStringLiteral("S"), QStringLiteral("hunter2"));
    QCOMPARE(redactor.redacted(value, source.token()), QJsonValue(QStringLiteral("***")));
    QCOMPARE(redactor.redacted(value, CancelSource().token()).toArray().at(0).toString(), QStringLiteral("[secret S]"));
}

/// A long secret is often cut before anybody can look at it whole.
void TestRedactor::pieces()
{
    QString secret;
    for (int i = 0; secret.size() < 8192; ++i)
        secret += QString::number(i * 7919);
    Redactor redactor;
    redactor.add(QStringLiteral("S"), secret);
    QCOMPARE(redactor.redacted(secret), QStringLiteral("[secret S]"));
    QCOMPARE(redactor.redacted(u'<' + secret.left(2000) + u'>'), QStringLiteral("<[secret S]>"));
    QCOMPARE(redactor.redacted(u'<' + secret.sliced(4000, Redactor::pieceLength) + u'>'),
             QStringLiteral("<[secret S]>"));
    const QString base64 = QString::fromLatin1(secret.toLatin1().toBase64());
    QCOMPARE(redactor.redacted(base64.sliced(100, 76) + u'\n' + base64.sliced(176, 76)),
             QStringLiteral("[secret S]\n[secret S]"));
}

void TestRedactor::cuts_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("shape"); // as which it stands in the text
    const auto row = [](const char *name, const QString &secret, const QString &shape) {
        QTest::newRow(name) << secret << shape;
    };
    const QString token = QStringLiteral("tok3n-Planted-5f2c");
    const QString longer = QStringLiteral("one two+three/four five&six=seven eight");
    row("short", QStringLiteral("hunter2"), QStringLiteral("hunter2"));
    row("shortest", QStringLiteral("abcd"), QStringLiteral("abcd"));
    row("a character longer than a piece", QStringLiteral("0123456789abcdefg"), QStringLiteral("0123456789abcdefg"));
    row("token", token, token);
    row("token in base64", token, QString::fromLatin1(token.toLatin1().toBase64()));
    row("long", longer, longer);
    row("long and percent-encoded", longer, QString::fromLatin1(QUrl::toPercentEncoding(longer)));
    row("long in base64", longer, QString::fromLatin1(longer.toLatin1().toBase64()));
}

/// Wherever a text is cut through a secret, no more of it stays than anybody could guess.
void TestRedactor::cuts()
{
    QFETCH(QString, secret);
    QFETCH(QString, shape);
    Redactor redactor;
    redactor.add(QStringLiteral("S"), secret);
    const QString mark = QStringLiteral("[secret S]");
    const QString before = QStringLiteral("Key: ");
    const QString behind = QStringLiteral(" ends");
    for (qsizetype left = 0; left <= shape.size(); ++left) {
        const bool isGone = left >= SecretFinder::leastRest;
        const QString head = shape.first(left);
        const QString tail = shape.last(left);
        const QString cleanHead = before + (isGone ? mark : head);
        const QString cleanTail = (isGone ? mark : tail) + behind;
        QCOMPARE(redactor.redacted(before + head, TextCut::End), cleanHead);
        QCOMPARE(redactor.redacted(tail + behind, TextCut::Begin), cleanTail);
        QCOMPARE(redactor.redacted(u'"' + before + head + QStringLiteral("…\" [cut]")),
                 u'"' + cleanHead + QStringLiteral("…\" [cut]"));
        QCOMPARE(redactor.redacted(QStringLiteral("code 3: …") + tail + behind),
                 QStringLiteral("code 3: …") + cleanTail);
        QCOMPARE(redactor.redacted(QJsonValue(before + head + u'…')).toString(), cleanHead + u'…');
    }
    QCOMPARE(redactor.redacted(before + u'…' + behind), before + u'…' + behind);
}

/// Secrets of few different characters in texts made of their shapes, so that everything overlaps with everything.
void TestRedactor::nothingSurvives()
{
    for (quint32 seed = 1; seed <= 3000; ++seed) {
        QRandomGenerator random(seed);
        const QString letters = seed % 2 ? QStringLiteral("ab*") : QStringLiteral("a\"\\\n %]se[c1{}:,é");
        const auto any = [&](int least, int most) {
            QString text;
            for (int i = random.bounded(least, most); i > 0; --i)
                text += letters.at(random.bounded(letters.size()));
            return text;
        };
        Redactor redactor;
        QStringList shapes;
        for (int i = random.bounded(1, 4); i > 0; --i) {
            const QString secret = any(4, 40);
            redactor.add(any(1, 3), secret);
            shapes += shapesOfSecret(secret);
        }
        QString text = any(0, 20);
        for (int i = random.bounded(10); i > 0 && !shapes.isEmpty(); --i)
            text += shapes.at(random.bounded(shapes.size())) + any(0, 3);

        const QString clean = redactor.redacted(text);
        const QJsonObject object{{text, QJsonArray{text, 11111, QJsonObject{{text, text}}}}};
        const QString written = QString::fromUtf8(json::writeCompact(redactor.redacted(QJsonArray{object, text})));
        for (const QString &shape : std::as_const(shapes)) {
            if (clean.contains(shape) || (written != u"\"***\"" && written.contains(shape)))
                QFAIL(qPrintable(QStringLiteral("seed %1: %2 is in %3 and %4").arg(seed).arg(shape, clean, written)));
        }
    }
}

/// Wherever it stands in what was encoded, only the characters that it shares with its neighbours stay.
void TestRedactor::insideOfBase64()
{
    QRandomGenerator random(20261124);
    const auto bytes = [&](int most) {
        QByteArray made(random.bounded(most + 1), Qt::Uninitialized);
        for (char &byte : made)
            byte = static_cast<char>(random.bounded(128, 256)); // none that begins as a line end, which has shapes too
        return made;
    };
    for (int round = 0; round < 3000; ++round) {
        QString secret;
        for (int length = random.bounded(4, 40); secret.size() < length;)
            secret += QChar(random.bounded(0x21, 0x250));
        Redactor redactor;
        redactor.add(QStringLiteral("S"), secret);
        const QByteArray before = bytes(7);
        const QByteArray after = bytes(4);
        const auto alphabet = random.bounded(2) == 0 ? QByteArray::Base64Encoding : QByteArray::Base64UrlEncoding;
        const QByteArray whole = before + secret.toUtf8() + after;
        const QString encoded = QString::fromLatin1(whole.toBase64(alphabet));
        const qsizetype begin = (before.size() * 8 + 5) / 6;
        const qsizetype end = after.isEmpty() ? encoded.size() : (before.size() + secret.toUtf8().size()) * 8 / 6;
        const QString clean = redactor.redacted(encoded);
        QVERIFY2(
            clean == encoded.first(begin) + QStringLiteral("[secret S]") + encoded.sliced(end),
            qPrintable(
                QStringLiteral("round %1: %2 in %3 became %4").arg(QString::number(round), secret, encoded, clean)));
    }
}

QTEST_GUILESS_MAIN(TestRedactor)
#include "tst_redactor.moc"
