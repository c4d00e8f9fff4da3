// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"
#include "terminal.h"

#include <QJsonDocument>

namespace {

const QString examples = QStringLiteral(FLOW_SOURCE_DIR "/resources/examples/");

} // namespace

/// The library and the history on the command line.
class TestFlowctlLibrary : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void libraryLivesItsLife();
    void importTellsWhatCannotRun();
    void validateLooksIntoTheLibrary();
    void executionsOfNoFlow();
    void executionsAreKept();
    void deleteAsks();
    void deleteTakesAnAnswer_data();
    void deleteTakesAnAnswer();
    void exportWritesAFile();
    void referenceExportSaysWhatItDropped();
};

void TestFlowctlLibrary::libraryLivesItsLife()
{
    const Flowctl flowctl;
    const QString sample = examples + QStringLiteral("flow123.flow.json");
    QCOMPARE(flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), sample}).out,
             QStringLiteral("flow123 is version 1\n"));
    const Outcome again = flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), sample});
    QCOMPARE(again.code, 1);
    QVERIFY(again.err.contains(QStringLiteral("Flow with id 'flow123' already exists")));
    QCOMPARE(flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), sample, QStringLiteral("--replace")}).out,
             QStringLiteral("flow123 is version 2\n"));
    QVERIFY(flowctl.run("flows list").out.contains(QStringLiteral("flow123  2        never     Data processing flow")));
    const QJsonObject shown = dataOf(flowctl.run("flows show flow123").out);
    QCOMPARE(shown.value(QStringLiteral("version")).toInt(), 2);
    QVERIFY(flowctl.run("flows export flow123")
                .out.startsWith(QStringLiteral("{\n  \"flow\": {\n    \"id\": \"flow123\"")));
    QCOMPARE(flowctl.run("flows delete flow123 --yes").out, QStringLiteral("Deleted flow flow123\n"));
    QCOMPARE(flowctl.run("flows show flow123").code, 3);
}

void TestFlowctlLibrary::importTellsWhatCannotRun()
{
    const Flowctl flowctl;
    const Outcome unfinished = flowctl.run("flows import -", oneTask("run_command"));
    QCOMPARE(unfinished.code, 0);
    QCOMPARE(unfinished.out, QStringLiteral("one is version 1\n"));
    QCOMPARE(unfinished.err, QStringLiteral("It cannot run as it is; flowctl validate FILE says why\n"));
    QCOMPARE(flowctl.run("flows import - --replace", oneTask("noop")).err, QString());
}

/// A check makes no library, and says what it could not look up.
void TestFlowctlLibrary::validateLooksIntoTheLibrary()
{
    const Flowctl flowctl;
    const QByteArray caller = oneTask("run_flow", R"({"flow":"two"})");
    const Outcome without = flowctl.run("validate -", caller);
    QCOMPARE(without.code, 0);
    QCOMPARE(without.out, QStringLiteral("stdin: no problems found\n"));
    QCOMPARE(without.err, QStringLiteral("stdin: not checked whether the library has two: there is none yet in %1\n")
                              .arg(flowctl.dataDir()));
    QVERIFY(!QFileInfo::exists(flowctl.dataDir()));
    QCOMPARE(flowctl.run("validate -", oneTask("noop")).err, QString()); // needs none

    const Outcome imported = flowctl.run("flows import -", caller); // the other one may come later
    QCOMPARE(imported.code, 0);
    QVERIFY(imported.err.contains(QStringLiteral("It cannot run as it is")));
    const Outcome missing = flowctl.run("validate -", caller);
    QCOMPARE(missing.code, 4);
    QCOMPARE(missing.out, QStringLiteral("stdin: error: tasks[0] \"only\": Task 'only' runs the flow 'two', which is "
                                         "neither in this file nor in the library.\n"));
    QCOMPARE(missing.err, QString());
    const Outcome run = flowctl.run("run -", caller);
    QCOMPARE(run.code, 4);
    QVERIFY2(run.err.contains(QStringLiteral("which is neither in this file nor in the library")), qPrintable(run.err));

    QByteArray two = oneTask("noop");
    QCOMPARE(flowctl.run("flows import -", two.replace("\"one\"", "\"two\"")).code, 0);
    QCOMPARE(flowctl.run("validate -", caller).out, QStringLiteral("stdin: no problems found\n"));
    QCOMPARE(flowctl.run("run one").code, 0);
}

void TestFlowctlLibrary::executionsOfNoFlow()
{
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    const Outcome known = flowctl.run("executions list --flow one");
    QCOMPARE(known.code, 0);
    QVERIFY(known.err.contains(QStringLiteral("1 of 1 execution")));
    const Outcome similar = flowctl.run("executions list --flow ones --json");
    QCOMPARE(similar.code, 3);
    QCOMPARE(similar.out, QString());
    QCOMPARE(similar.err, QStringLiteral("flowctl: Flow 'ones' not found. Did you mean 'one'?\n"));
    QCOMPARE(flowctl.run("executions list --flow elsewhere").err,
             QStringLiteral("flowctl: Flow 'elsewhere' not found\n"));
}

void TestFlowctlLibrary::executionsAreKept()
{
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    flowctl.run("run one");
    const Outcome list = flowctl.run("executions list --json");
    const QJsonObject listed = QJsonDocument::fromJson(list.out.toUtf8()).object();
    QCOMPARE(listed.value(QStringLiteral("pagination")).toObject().value(QStringLiteral("total")).toInt(), 2);
    const Outcome logs = flowctl.run("executions logs 2");
    QVERIFY(logs.out.contains(QStringLiteral("only: success")) && logs.out.contains(QStringLiteral("completed")));
    QCOMPARE(flowctl.run("executions cancel 2").code, 1);
    QCOMPARE(dataOf(flowctl.run("executions show 1").out).value(QStringLiteral("id")).toInt(), 1);
}

void TestFlowctlLibrary::deleteAsks()
{
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    const Outcome refused = flowctl.run("flows delete one");
    QCOMPARE(refused.code, 2);
    QVERIFY(refused.err.contains(QStringLiteral("Delete flow one and its 1 execution?")));
    QCOMPARE(flowctl.run("flows show one").code, 0);
    flowctl.run("run one");
    QVERIFY(flowctl.run("flows delete one").err.contains(QStringLiteral("Delete flow one and its 2 executions?")));
    QCOMPARE(flowctl.run("flows delete one --yes").out, QStringLiteral("Deleted flow one and its 2 executions\n"));
}

void TestFlowctlLibrary::deleteTakesAnAnswer_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<int>("shown"); // exit code of `flows show` afterwards
    const auto row = [](const char *name, const char *keys, bool isYes) {
        QTest::newRow(name) << QByteArray(keys) << (isYes ? 0 : 1)
                            << QByteArray(isYes ? "Deleted flow one and its 1 execution" : "Nothing is deleted")
                            << (isYes ? 3 : 0);
    };
    row("y", "y\n", true);
    row("Y", "Y\n", true);
    row("yes", " yes\n", true);
    row("n", "n\n", false);
    row("nothing", "\n", false);
    row("something else", "yesterday\n", false);
    row("end of input", "\x04", false);
}

void TestFlowctlLibrary::deleteTakesAnAnswer()
{
    QFETCH(QByteArray, keys);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    QFETCH(int, shown);
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    Terminal terminal(flowctl, {QStringLiteral("flows"), QStringLiteral("delete"), QStringLiteral("one")});
    QVERIFY2(terminal.waitFor("Delete flow one and its 1 execution? [y/N] "), terminal.screen().constData());
    terminal.type(keys);
    QCOMPARE(terminal.waitForEnd(), code);
    QVERIFY2(terminal.screen().contains(says), terminal.screen().constData());
    QCOMPARE(flowctl.run("flows show one").code, shown);
}

void TestFlowctlLibrary::exportWritesAFile()
{
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    const QByteArray printed = flowctl.run("flows export one").out.toUtf8();
    const Outcome outcome = flowctl.run("flows export one out.flow.json");
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out, QString());
    QFile file(flowctl.path(QStringLiteral("out.flow.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), printed);

    // What cannot be written leaves what was there.
    const Outcome refused = flowctl.run("flows export one none/out.flow.json");
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains(QStringLiteral("none/out.flow.json: cannot be written")), qPrintable(refused.err));
    QCOMPARE(flowctl.run("flows export two out.flow.json").code, 3);
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), printed);
}

void TestFlowctlLibrary::referenceExportSaysWhatItDropped()
{
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    const Outcome outcome = flowctl.run("flows export one --for-reference");
    QCOMPARE(outcome.code, 0);
    QVERIFY(!outcome.out.contains(QStringLiteral("\"type\"")));
    QVERIFY2(outcome.err.contains(QStringLiteral("Left out: ")), qPrintable(outcome.err));
}

QTEST_GUILESS_MAIN(TestFlowctlLibrary)
#include "tst_flowctl_library.moc"
