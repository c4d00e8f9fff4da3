// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "support/flow_test.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace flow;
using test::q;

class TestFlowFile : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void examplesAreCanonical_data();
    void examplesAreCanonical();
    void readsBothForms_data();
    void readsBothForms();
    void errorsNameTheirPlace_data();
    void errorsNameTheirPlace();
    void writesLayoutLast();
    void roundTrips_data();
    void roundTrips();
    void savesAndLoads();
    void keepsTheOldFileOnFailure();
    void keepsTheOldFileOnAFullDisk();
    void refusesWhatCannotBeLoaded();
    void bigFilesAreFast();
};

void TestFlowFile::examplesAreCanonical_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : test::exampleNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestFlowFile::examplesAreCanonical()
{
    QFETCH(QString, name);
    const QByteArray bytes = test::exampleText(name);
    QVERIFY(!bytes.isEmpty());
    const FlowFileReading reading = readFlowFile(bytes, name);
    QCOMPARE(text(reading.errors), QString());
    QCOMPARE(writeFlowFile(reading.file), bytes);
    QCOMPARE(reading.file.layout.tasks.size(), reading.file.flow.tasks.size());
    QVERIFY(reading.file.layout.start.has_value());
    QCOMPARE(text(flowFromJson(toJson(reading.file.flow)).errors), QString()); // by contract, too
}

void TestFlowFile::readsBothForms_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray bare = R"({"id":"f","name":"F","start_task":"a","tasks":[{"name":"a","type":"noop"}]})";
    QTest::newRow("wrapped") << "{\"flow\": " + bare + "}";
    QTest::newRow("bare") << bare;
    QTest::newRow("with empty layout") << "{\"layout\": {}, \"flow\": " + bare + "}";
    QTest::newRow("with null layout") << "{\"layout\": null, \"flow\": " + bare + "}";
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + bare;
    QTest::newRow("Windows line ends") << "{\r\n\"flow\":\r\n" + bare + "\r\n}\r\n";
}

void TestFlowFile::readsBothForms()
{
    QFETCH(QByteArray, text);
    const FlowFileReading reading = readFlowFile(text);
    QCOMPARE(flow::text(reading.errors), QString());
    QCOMPARE(reading.file, (FlowFile{test::flow(q("a")), {}}));
}

void TestFlowFile::errorsNameTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, const QByteArray &text, const char *message) {
        QTest::newRow(name) << text << q(message);
    };
    const QByteArray flow = R"({"id":"f","name":"F","start_task":"a","tasks":[{"name":"a"}]})";
    row("empty", "", "o.json:1: there is no JSON here, the text is empty (column 1)");
    row("broken", "{\n\"flow\": {,}}", "o.json:2: expected a key in double quotes (column 10)");
    row("list", "[1]", "o.json: [1]: must be an object with a flow in it");
    row("nothing in it", "{}", "o.json:1: flow: is missing");
    row("flow null", "{\n\"flow\": null}", "o.json:2: flow = null: must not be null");
    row("flow is text", "{\n\"flow\": \"x\"}", "o.json:2: flow = \"x\": must be an object");
    row("unknown beside the flow", "{\n\"flow\": " + flow + ",\n\"flwo\": 1}",
        "o.json:3: flwo = 1: is not a known field; did you mean \"flow\"?");
    row("line of a field",
        "{\"flow\": {\"id\": \"f\", \"name\": \"F\", \"start_task\": \"a\",\n\"tasks\": [\n{\"name\": "
        "\"a\",\n\"retry\": {\n\"max_attempts\": \"x\"}}]}}",
        "o.json:5: flow.tasks[0].retry.max_attempts = \"x\": must be a whole number from 1 to 100");
    row("line of what misses a field",
        "{\n\"flow\": {\"id\": \"f\", \"name\": \"F\", \"start_task\": \"a\", \"tasks\": [\n{}]}}",
        "o.json:3: flow.tasks[0].name: is missing");
    row("bare flow", "{\"id\": \"f\",\n\"name\": 3, \"start_task\": \"a\", \"tasks\": []}",
        "o.json:2: name = 3: must be a text");
    row("in the order of the lines", "{\"start_task\": 1,\n\"tasks\": [],\n\"name\": 2,\n\"name\": 2,\n\"id\": 4}",
        "o.json:1: start_task = 1: must be a text\n"
        "o.json:3: name = 2: must be a text\n"
        "o.json:4: name: the key is there twice in one object\n"
        "o.json:5: id = 4: must be a text");
    const QByteArray before = "{\"flow\": " + flow + ",\n\"layout\":\n";
    row("layout is a list", before + "[]}", "o.json:3: layout = []: must be an object");
    row("layout with unknown field", before + "{\"task\": {}}}",
        "o.json:3: layout.task = {}: is not a known field; did you mean \"tasks\"?");
    row("position is a list", before + "{\"tasks\": {\"a\":\n[1, 2]}}}",
        "o.json:4: layout.tasks.a = [1,2]: must be an object");
    row("position without y", before + "{\"tasks\": {\"a\":\n{\"x\": 1}}}}", "o.json:4: layout.tasks.a.y: is missing");
    row("position is text", before + "{\"start\": {\"x\": \"1\",\n\"y\": 2}}}",
        "o.json:3: layout.start.x = \"1\": must be a number from -1000000000 to 1000000000");
    row("position far away", before + "{\"ends\": {\"a\": {\"x\": 1e10, \"y\": 2}}}}",
        "o.json:3: layout.ends.a.x = 10000000000: must be a number from -1000000000 to 1000000000");
    row("frame is text", before + "{\"frames\": [\"x\"]}}", "o.json:3: layout.frames[0] = \"x\": must be an object");
    row("negative width",
        before + "{\"notes\": [{\"text\": \"n\", \"x\": 1, \"y\": 1, \"width\": -1, \"height\": 1}]}}",
        "o.json:3: layout.notes[0].width = -1: must be a number from 0 to 1000000000");
    row("frame without title", before + "{\"frames\": [{\"x\": 1, \"y\": 1, \"width\": 1, \"height\": 1}]}}",
        "o.json:3: layout.frames[0].title: is missing");
    row("too deep", "{\"flow\":\n" + QByteArray(300, '[') + QByteArray(300, ']') + "}", "o.json:2: flow[0]");
}

void TestFlowFile::errorsNameTheirPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const FlowFileReading reading = readFlowFile(text, q("o.json"));
    const QString told = flow::text(reading.errors);
    if (qstrcmp(QTest::currentDataTag(), "too deep") == 0) {
        QVERIFY2(told.startsWith(message), qPrintable(told));
        QVERIFY(told.endsWith(q("lists and objects are nested deeper than 200 levels")));
    } else {
        QCOMPARE(told, message);
    }
}

void TestFlowFile::writesLayoutLast()
{
    FlowFile file{test::flow(q("a")), {}};
    QVERIFY(!writeFlowFile(file).contains("layout"));
    file.layout.tasks.insert(q("a"), {120, 0.5});
    file.layout.start = QPointF(-20, 0);
    file.layout.ends.insert(q("a"), {380, 10});
    file.layout.frames << Frame{q("Frame"), QRectF(0, 0, 200, 100)};
    file.layout.notes << Note{q("Two\nlines"), QRectF(1, 2, 3, 4)};
    const QByteArray text = writeFlowFile(file);
    QCOMPARE(text.mid(text.indexOf("  \"layout\"")), QByteArray(R"(  "layout": {
    "start": {"x": -20, "y": 0},
    "tasks": {
      "a": {"x": 120, "y": 0.5}
    },
    "ends": {
      "a": {"x": 380, "y": 10}
    },
    "frames": [
      {"height": 100, "title": "Frame", "width": 200, "x": 0, "y": 0}
    ],
    "notes": [
      {"height": 4, "text": "Two\nlines", "width": 3, "x": 1, "y": 2}
    ]
  }
}
)"));
    const FlowFileReading reading = readFlowFile(text);
    QCOMPARE(flow::text(reading.errors), QString());
    QCOMPARE(reading.file, file);
    QList<Error> errors;
    QCOMPARE(layoutFromJson(toJson(file.layout), {}, &errors), file.layout);
    QVERIFY(errors.isEmpty());
}

void TestFlowFile::roundTrips_data()
{
    QTest::addColumn<FlowFile>("file");
    QTest::newRow("nothing yet") << FlowFile{test::flow({}), {}};
    FlowFile odd{test::flow(q("a b"), q("a success b end")), {}};
    odd.flow.name = q("\"quotes\" \\ and\nline breaks \u00e9\u20ac\U0001F600");
    odd.flow.description = q("");
    odd.flow.tasks[0].name = odd.flow.startTask = odd.flow.conditions[0].sourceTask = q("name with . and [0] and \"");
    odd.flow.tasks[0].config =
        QJsonObject{{q("x"), 1.0 / 3}, {q(""), QJsonValue::Null}, {q("big"), qint64(9007199254740993)}};
    odd.layout.tasks.insert(odd.flow.startTask, {0.1, -1e6});
    odd.layout.tasks.insert(q("a task that is gone"), {1, 1});
    QTest::newRow("odd") << odd;
    for (quint32 seed = 1; seed <= 20; ++seed) {
        FlowFile file{test::randomFlow(seed, int(seed) * 3), {}};
        file.layout.tasks.insert(q("t0"), {double(seed), 0});
        QTest::addRow("seed %u", seed) << file;
    }
}

void TestFlowFile::roundTrips()
{
    QFETCH(FlowFile, file);
    const QByteArray text = writeFlowFile(file);
    const FlowFileReading reading = readFlowFile(text);
    QCOMPARE(flow::text(reading.errors), QString());
    QCOMPARE(reading.file, file);
    QCOMPARE(writeFlowFile(reading.file), text);
    QVERIFY(text.endsWith("}\n") && !text.endsWith("\n\n") && !text.contains('\r'));
    QCOMPARE(canonicalJson(readFlowFile(canonicalJson(file.flow)).file.flow), canonicalJson(file.flow));
}

void TestFlowFile::savesAndLoads()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(q("a.flow.json"));
    const FlowFile file{test::flow(q("a b"), q("a success b end")), {}};
    QVERIFY(saveFlowFile(path, file));
    const FlowFileReading reading = loadFlowFile(path);
    QCOMPARE(text(reading.errors), QString());
    QCOMPARE(reading.file, file);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{q("a.flow.json")});
}

void TestFlowFile::keepsTheOldFileOnFailure()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(q("a.flow.json"));
    const FlowFile file{test::flow(q("a")), {}};
    QVERIFY(QDir(folder.path()).mkdir(q("a.flow.json"))); // a folder stands where the file should go
    const Result<void> saved = saveFlowFile(path, file);
    QVERIFY(!saved);
    QCOMPARE(int(saved.error().code), int(ErrorCode::Io));
    QVERIFY2(saved.error().text().startsWith(path + q(": cannot be saved: ")), qPrintable(saved.error().text()));
    QVERIFY(QFileInfo(path).isDir());
    QVERIFY(!saveFlowFile(folder.filePath(q("none/a.flow.json")), file));
}

/// A limit on the size of files behaves like a full disk: the first bytes are written, the rest is not.
void TestFlowFile::keepsTheOldFileOnAFullDisk()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(q("a.flow.json"));
    const FlowFile old{test::flow(q("a")), {}};
    QVERIFY(saveFlowFile(path, old));

    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{4096, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const Result<void> saved = saveFlowFile(path, {test::randomFlow(1, 200), {}});
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);

    QVERIFY(!saved);
    QCOMPARE(int(saved.error().code), int(ErrorCode::Full));
    QCOMPARE(saved.error().text(),
             path + q(": cannot be saved: the disk is full; free some space or save to another place"));
    QCOMPARE(loadFlowFile(path).file, old);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{q("a.flow.json")});
}

void TestFlowFile::refusesWhatCannotBeLoaded()
{
    QTemporaryDir folder;
    const FlowFileReading missing = loadFlowFile(folder.filePath(q("none.flow.json")));
    QCOMPARE(text(missing.errors), folder.filePath(q("none.flow.json")) + q(": there is no such file"));
    QCOMPARE(int(missing.errors.first().code), int(ErrorCode::NotFound));
    QCOMPARE(int(loadFlowFile(folder.path()).errors.first().code), int(ErrorCode::Io));
    QFile large(folder.filePath(q("large.json")));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(65 * 1024 * 1024));
    const FlowFileReading tooLarge = loadFlowFile(large.fileName());
    QCOMPARE(text(tooLarge.errors), large.fileName() + q(": is larger than 64 MiB"));
    QCOMPARE(int(tooLarge.errors.first().code), int(ErrorCode::TooLarge));
}

void TestFlowFile::bigFilesAreFast()
{
    Flow flow = test::flow({});
    for (qsizetype i = 0; i < maxTasks; ++i) {
        flow.tasks << test::task(QStringLiteral("t%1").arg(i));
        flow.conditions << Condition{
            .name = q("c"), .sourceTask = flow.tasks.last().name, .targetTaskSuccess = endTarget};
    }
    flow.startTask = q("t99999");
    QElapsedTimer timer;
    timer.start();
    const QByteArray text = writeFlowFile({flow, {}});
    const FlowFileReading reading = readFlowFile(text);
    QCOMPARE(flow::text(reading.errors), QString());
    QVERIFY(reading.file.flow == flow);
    QByteArray broken = text;
    broken.replace("\"noop\"", "3");
    QCOMPARE(readFlowFile(broken, q("x")).errors.size(), 1001);
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed()))); // quadratic would be hours
}

QTEST_GUILESS_MAIN(TestFlowFile)
#include "tst_flow_file.moc"
