// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/auto_layout.h"
#include "model/validate.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;

/// Damaged files: reading never crashes, says what is wrong, and whatever it accepts survives writing and reading.
class TestFlowMutations : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void bytes_data() { examples(); }
    void bytes();
    void values_data() { examples(); }
    void values();

private:
    void examples();
    void check(const QByteArray &text, quint32 seed);
};

namespace {

/// One small damage, as a bad disk, a bad merge or an impatient person would do it.
void damage(QByteArray *text, QRandomGenerator *random)
{
    const auto anywhere = [&] { return random->bounded(int(text->size()) + 1); };
    static const QList<QByteArray> pieces = {"{",
                                             "}",
                                             "[",
                                             "]",
                                             ",",
                                             ":",
                                             "\"",
                                             "\\",
                                             "null",
                                             "1e999",
                                             "-",
                                             "\n",
                                             "\"end\"",
                                             "\xff",
                                             "\\ud800",
                                             "{\"a\":",
                                             "0",
                                             "\"x\"",
                                             "true",
                                             "  ",
                                             QByteArray(1, '\0'),
                                             "99999999999999999999",
                                             "\"flow\": {",
                                             "\"tasks\": [],"};
    switch (random->bounded(5)) {
    case 0:
        text->insert(anywhere(), pieces[random->bounded(pieces.size())]);
        break;
    case 1:
        text->remove(anywhere(), 1 + random->bounded(8));
        break;
    case 2: {
        const int from = anywhere();
        text->insert(anywhere(), text->mid(from, random->bounded(200)));
        break;
    }
    case 3:
        if (!text->isEmpty())
            (*text)[random->bounded(int(text->size()))] = char(random->bounded(256));
        break;
    default:
        text->truncate(text->size() - random->bounded(std::max<int>(1, int(text->size()) / 20)));
        break;
    }
}

/// The same document with one value, anywhere in it, replaced by another kind of value.
QJsonValue withOneChange(const QJsonValue &value, QRandomGenerator *random)
{
    static const QList<QJsonValue> strangers = {QJsonValue::Null,
                                                true,
                                                0,
                                                -1,
                                                1.5,
                                                1e300,
                                                QString(),
                                                q("end"),
                                                q("task1"),
                                                QString(300, u'x'),
                                                QJsonArray(),
                                                QJsonObject(),
                                                QJsonArray{1, q("a")},
                                                QJsonObject{{q("name"), q("a")}}};
    const bool isLeaf =
        (!value.isObject() || value.toObject().isEmpty()) && (!value.isArray() || value.toArray().isEmpty());
    if (isLeaf || random->bounded(12) == 0)
        return strangers[random->bounded(strangers.size())];
    if (value.isArray()) {
        QJsonArray list = value.toArray();
        const qsizetype index = random->bounded(list.size());
        list[index] = withOneChange(list.at(index), random);
        return list;
    }
    QJsonObject object = value.toObject();
    const QString key = object.keys().at(random->bounded(object.size()));
    if (random->bounded(10) == 0)
        object.remove(key);
    else
        object.insert(key, withOneChange(object.value(key), random));
    return object;
}

} // namespace

void TestFlowMutations::examples()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : test::exampleNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestFlowMutations::check(const QByteArray &text, quint32 seed)
{
    const FlowFileReading reading = readFlowFile(text, q("f"));
    const QByteArray about = "seed " + QByteArray::number(seed) + "\n" + flow::text(reading.errors).toUtf8();
    for (const Error &error : reading.errors)
        QVERIFY2(!error.reason.isEmpty() && error.file == q("f"), about.constData());
    if (!reading.ok())
        return;
    const QByteArray written = writeFlowFile(reading.file);
    const FlowFileReading again = readFlowFile(written);
    QVERIFY2(again.ok() && again.file == reading.file, about.constData());
    QVERIFY2(writeFlowFile(again.file) == written, about.constData());
    validate(reading.file.flow, test::exampleTypes());
    const Layout complete = completeLayout(reading.file.flow, reading.file.layout);
    QVERIFY2(completeLayout(reading.file.flow, complete) == complete, about.constData());
}

void TestFlowMutations::bytes()
{
    QFETCH(QString, name);
    const QByteArray original = test::exampleText(name);
    const quint32 rounds = name == q("thirty-tasks") ? 1000 : 5000;
    for (quint32 seed = 1; seed <= rounds; ++seed) {
        QRandomGenerator random(seed);
        QByteArray text = original;
        for (int damages = random.bounded(3); damages >= 0; --damages)
            damage(&text, &random);
        check(text, seed);
    }
}

void TestFlowMutations::values()
{
    QFETCH(QString, name);
    const QJsonValue original = json::parse(test::exampleText(name)).value;
    const quint32 rounds = name == q("thirty-tasks") ? 500 : 2000;
    for (quint32 seed = 1; seed <= rounds; ++seed) {
        QRandomGenerator random(seed);
        check(json::write(withOneChange(original, &random)), seed);
    }
}

QTEST_GUILESS_MAIN(TestFlowMutations)
#include "tst_flow_mutations.moc"
