// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_json.h"
#include "model/validate.h"
#include "support/flow_test.h"
#include "tasks/built_in_tasks.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace flow;

namespace {

/// The code blocks of a page.
QStringList blocksOf(const QString &page)
{
    QFile file(QStringLiteral(FLOW_SOURCE_DIR "/docs/") + page);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(page));
    static const QRegularExpression block(QStringLiteral("^```(?:json)?\n(.*?)^```$"),
                                          QRegularExpression::MultilineOption |
                                              QRegularExpression::DotMatchesEverythingOption);
    QStringList blocks;
    for (auto match = block.globalMatch(QString::fromUtf8(file.readAll())); match.hasNext();)
        blocks << match.next().captured(1);
    return blocks;
}

QJsonObject objectOf(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

/// A flow around an example, which is a task or some fields of a flow, with all that the example speaks of.
QJsonObject flowAround(const QString &example, const QJsonObject &subFlows)
{
    QJsonObject flow = example.startsWith(u'{') ? QJsonObject() : objectOf(u'{' + example + u'}');
    QJsonArray tasks;
    static const QRegularExpression mentioned(QStringLiteral("tasks\\.(\\w+)\\.data\\.(\\w+)"));
    for (auto match = mentioned.globalMatch(example); match.hasNext();) {
        const QRegularExpressionMatch names = match.next();
        const QJsonObject values{{names.captured(2), QJsonArray()}};
        tasks << QJsonObject{{QStringLiteral("name"), names.captured(1)},
                             {QStringLiteral("type"), QStringLiteral("set_variables")},
                             {QStringLiteral("config"), QJsonObject{{QStringLiteral("values"), values}}}};
    }
    tasks << (example.startsWith(u'{') ? objectOf(example)
                                       : QJsonObject{{QStringLiteral("name"), QStringLiteral("noop")}});
    flow.insert(QStringLiteral("id"), QStringLiteral("example"));
    flow.insert(QStringLiteral("name"), QStringLiteral("Example"));
    flow.insert(QStringLiteral("start_task"), tasks.last()[u"name"]);
    flow.insert(QStringLiteral("tasks"), tasks);
    if (!flow.contains(u"flows") && !subFlows.isEmpty())
        flow.insert(QStringLiteral("flows"), subFlows);
    return flow;
}

} // namespace

/// What the pages show of flows can be used as it stands.
class TestDocsExamples : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void example_data();
    void example();
};

void TestDocsExamples::example_data()
{
    QTest::addColumn<QJsonObject>("flow");
    QJsonObject subFlows;
    for (const QString &page : {QStringLiteral("flow-file.md"), QStringLiteral("tasks.md")}) {
        for (const QString &block : blocksOf(page)) {
            if (!block.startsWith(u'{') && !block.startsWith(u'"'))
                continue; // not of a flow
            const QJsonObject fields = objectOf(u'{' + block + u'}');
            if (fields.contains(u"flows"))
                subFlows = fields.value(u"flows").toObject();
            QTest::addRow("%s: %s", qPrintable(page), qPrintable(block.left(30).simplified()))
                << flowAround(block, subFlows);
        }
    }
}

void TestDocsExamples::example()
{
    QFETCH(QJsonObject, flow);
    const FlowReading reading = flowFromJson(flow, {}, Reading::Draft);
    QVERIFY2(reading.errors.isEmpty(), reading.errors.isEmpty() ? "" : qPrintable(reading.errors.first().text()));
    for (const Issue &issue : validate(reading.flow, builtInTasks().types())) {
        // Tasks that are only there to be mentioned cannot be reached.
        QVERIFY2(issue.severity != Severity::Error, qPrintable(issue.text));
    }
}

QTEST_GUILESS_MAIN(TestDocsExamples)
#include "tst_docs_examples.moc"
