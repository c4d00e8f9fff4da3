// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template.h"
#include "support/flow_test.h"
#include "value_words.h"

#include <QFile>

using namespace flow;

namespace {

QString page()
{
    QFile file(QStringLiteral(FLOW_SOURCE_DIR "/docs/expressions.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Expression::Variables context()
{
    return variablesOf(
        page().section(QStringLiteral("```json context\n"), 1).section(QStringLiteral("```"), 0, 0).toUtf8());
}

// The content of a cell: without the quotes of code, and with the bars that a table needs escaped.
QString cell(QString text)
{
    text = text.trimmed();
    while (text.startsWith(u'`') && text.endsWith(u'`'))
        text = text.sliced(1, text.size() - 2);
    return text.replace(QStringLiteral("\\|"), QStringLiteral("|")).trimmed();
}

// The rows of all tables with this heading.
void addTable(const QString &heading)
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    bool isInside = false;
    const QStringList lines = page().split(u'\n');
    for (const QString &line : lines) {
        if (line == heading) {
            isInside = true;
        } else if (isInside && line.startsWith(u"| ")) {
            const QString escaped = QString(line).replace(QStringLiteral("\\|"), QStringLiteral("\u0001"));
            QStringList cells = escaped.split(u'|');
            for (QString &text : cells)
                text.replace(u'\u0001', u'|');
            QTest::newRow(qPrintable(cell(cells.at(1)))) << cell(cells.at(1)) << cell(cells.at(2));
        } else if (!line.startsWith(u"|-")) {
            isInside = false;
        }
    }
}

QString outcomeOf(const QString &text)
{
    const auto variables = context();
    const auto expression = Expression::compile(text, variables.keys());
    return expression ? inWords(expression->evaluateValue(variables)) : expression.error().reason;
}

} // namespace

// Every example of docs/expressions.md does what the page says.
class TestExpressionDocs : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void values_data() { addTable(QStringLiteral("| expression | value |")); }
    void values()
    {
        QFETCH(QString, text);
        QTEST(outcomeOf(text), "expected");
    }

    void errors_data() { addTable(QStringLiteral("| expression | error |")); }
    void errors()
    {
        QFETCH(QString, text);
        QTEST(outcomeOf(text), "expected");
    }

    void templates_data() { addTable(QStringLiteral("| template | result |")); }
    void templates()
    {
        QFETCH(QString, text);
        const auto compiled = TemplateText::compile(text, nullptr);
        QVERIFY(compiled);
        const auto value = compiled->expand(context());
        QVERIFY(value);
        const QByteArray list = QJsonDocument(QJsonArray{*value}).toJson(QJsonDocument::Compact);
        QTEST(QString::fromUtf8(list.sliced(1, list.size() - 2)), "expected");
    }

    void literals_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const QStringList rows =
            page().section(QStringLiteral("| type | written | notes |"), 1).split(u'\n').mid(2, 12);
        for (const QString &row : rows) {
            const QString type = cell(row.section(u'|', 1, 1));
            const QStringList examples = row.section(u'|', 2, 2).split(QStringLiteral("`, `"));
            for (QString example : examples) {
                example = cell(example).remove(u'`');
                QTest::newRow(qPrintable(example))
                    << example.replace(QStringLiteral("type(x)"), QStringLiteral("type(1)")) << type;
            }
        }
    }
    void literals()
    {
        QFETCH(QString, text);
        const auto value = Expression::compile(text)->evaluateValue(Values{});
        QVERIFY(value);
        QTEST(typeWord(value->type()), "expected");
    }
};

QTEST_GUILESS_MAIN(TestExpressionDocs)
#include "tst_expression_docs.moc"
