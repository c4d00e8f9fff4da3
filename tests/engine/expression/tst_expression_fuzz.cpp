// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"
#include "sample_context.h"
#include "support/flow_test.h"

#include <QRandomGenerator>

using namespace flow;

namespace {

// Pieces that make sense often enough to get deep into the evaluation.
const QStringList &pieces()
{
    static const QStringList all =
        QString::fromUtf8(
            "input|tasks|input.day|input.count|input.tags|input.people|tasks.fetch.data|x|y|i|int|string|type|true|"
            "false|null|0|1|2|-1|3u|"
            "1.5|1e308|9223372036854775807|'a'|\"b\"|b'c'|r'\\d'|'''q'''|[|]|[1, 2, 3]|{|}|{'a': "
            "1}|(|)|,|:|.|?|+|-|*|/|%|!|==|!=|<|<=|>|"
            ">=|&&|\u0001|in|.all(x, |.exists(x, |.exists_one(x, |.map(x, |.filter(x, |.map(x, y, |.transformList(i, "
            "x, |.transformMap(i, x, |"
            "has(|size(|.size()|.contains(|.startsWith(|.endsWith(|.matches(|int(|uint(|double(|string(|bytes(|bool(|"
            "timestamp(|duration(|"
            "type(|dyn(|.getHours(|.getDate()|.day|.count|.a|.`a`|[0]|['a']|//|\\|\"|'|`|'\\u12'|0x|1u|$|${|}|\n|é|😀")
            .split(u'|');
    return all;
}

QString soup(QRandomGenerator &random)
{
    QString text;
    for (int count = random.bounded(1, 24); count > 0; --count) {
        text += pieces().at(random.bounded(int(pieces().size())));
        if (random.bounded(3) == 0)
            text += u' ';
    }
    return text.replace(u'\u0001', QStringLiteral("||"));
}

// A sound expression with a few characters changed, dropped, doubled or swapped.
QString mutated(QRandomGenerator &random)
{
    static const QStringList seeds = {
        QStringLiteral("tasks.fetch.data.count > 0 && input.day != \"\""),
        QStringLiteral("input.people.filter(p, p.age >= 18).map(p, p.name + '!')"),
        QStringLiteral("timestamp('2026-01-31T08:30:00Z').getHours('Europe/Berlin') + duration('1h30m').getMinutes()"),
        QStringLiteral("has(input.missing) ? input.missing : {'a': [1, 2.5, 3u], \"b\": b'\\x00'}.a[1]"),
        QStringLiteral("input.tags.exists_one(t, t.matches('^[a-c]$')) || !(1 in [1, 2]) == false"),
        QStringLiteral("string(int('42') * -7 % 5) + r'\\d' + '''x''' + \"\\u00e9\\n\""),
        QStringLiteral("{'a': 1}.transformMap(k, v, v > 0, k + string(v)) == {'a': 'a1'}"),
    };
    QString text = seeds.at(random.bounded(int(seeds.size())));
    for (int count = random.bounded(1, 6); count > 0 && !text.isEmpty(); --count) {
        const int at = random.bounded(int(text.size()));
        switch (random.bounded(4)) {
        case 0:
            text.remove(at, random.bounded(1, 4));
            break;
        case 1:
            text.insert(at, soup(random).left(4));
            break;
        case 2:
            text[at] = QChar(char16_t(random.bounded(1, 0x250)));
            break;
        default:
            text.insert(at, text.mid(at, random.bounded(1, 12)));
            break;
        }
    }
    return text;
}

// Whatever it is: it ends, within its budget, with a value or an error that names a column.
QString problemOf(const QString &text)
{
    static const Expression::Variables context = sampleContext();
    const ExpressionLimits limits{.cost = 20'000};
    const auto checked = Expression::compile(text, context.keys());
    const auto parsed = Expression::parse(text, limits);
    if (!parsed)
        return checked ? QStringLiteral("compile() takes what parse() refuses") : QString();
    const auto value = parsed->evaluateValue(context);
    if (!value && !value.error().reason.contains(QStringLiteral("column ")))
        return QStringLiteral("an error without a column: ") + value.error().reason;
    // What the checker promises holds.
    if (checked && value && !checked->types().has(value->type()))
        return QStringLiteral("checked as %1, is %2").arg(checked->types().words(), typeWord(value->type()));
    const auto embedded = TemplateText::compile(QStringLiteral("a ${") + text + QStringLiteral("} b"), nullptr);
    if (embedded && value)
        (void)embedded->expand(context);
    return {};
}

} // namespace

class TestExpressionFuzz : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void soups() { run(&soup); }
    void mutations() { run(&mutated); }

private:
    // FLOW_FUZZ_SEED starts elsewhere, FLOW_FUZZ_ROUNDS goes on longer; a failing round prints its seed.
    static void run(QString (*make)(QRandomGenerator &))
    {
        const quint32 first = qEnvironmentVariableIntValue("FLOW_FUZZ_SEED") + 1u;
        const int rounds =
            qEnvironmentVariableIsSet("FLOW_FUZZ_ROUNDS") ? qEnvironmentVariableIntValue("FLOW_FUZZ_ROUNDS") : 20'000;
        int sound = 0;
        for (quint32 seed = first; seed < first + quint32(rounds); ++seed) {
            QRandomGenerator random(seed);
            const QString text = make(random);
            const QString problem = problemOf(text);
            QVERIFY2(problem.isNull(), qPrintable(QStringLiteral("seed %1: %2: %3").arg(seed).arg(text, problem)));
            sound += Expression::parse(text) ? 1 : 0;
        }
        // Otherwise only the parser would be tested.
        QVERIFY2(sound > rounds / 100, qPrintable(QString::number(sound)));
    }
};

QTEST_GUILESS_MAIN(TestExpressionFuzz)
#include "tst_expression_fuzz.moc"
