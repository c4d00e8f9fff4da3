// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/data_panel.h"

#include "look/json_table_model.h"
#include "look/json_tree_model.h"
#include "look/json_view.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"
#include "ui/monitor/monitor_fixture.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>

using namespace flow;

class TestDataPanel : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_look.applyTo(qApp);
    }
    void tree();
    void hugeListsAreCut();
    void tables_data();
    void tables();
    void tableModel();
    void viewModes();
    void copies();
    void saysWhyThereIsNothing();
    void choosesTaskAndAttempt();
    void keepsTheChoiceWhileTheRunGoesOn();
    void looks_data() { addThemes(); }
    void looks();

private:
    static QJsonValue json(const QString &text) { return flow::json::parse(text.toUtf8()).value; }

    Look m_look;
};

void TestDataPanel::tree()
{
    JsonTreeModel model(&m_look);
    model.setValue(json(QStringLiteral(R"({"a": 1, "b": [true, null], "c": {}, "d": "text"})")));
    const auto at = [&model](int row, int column, const QModelIndex &parent = {}) {
        return model.index(row, column, parent).data().toString();
    };
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(at(0, 0) + u'=' + at(0, 1), QStringLiteral("a=1"));
    QCOMPARE(at(1, 1), QStringLiteral("[ 2 entries ]"));
    QCOMPARE(at(2, 1), QStringLiteral("{ 0 fields }"));
    QCOMPARE(at(3, 1), QStringLiteral("text"));
    const QModelIndex list = model.index(1, 0);
    QVERIFY(model.hasChildren(list));
    QVERIFY(!model.hasChildren(model.index(2, 0)));
    QCOMPARE(model.rowCount(list), 2);
    QCOMPARE(at(0, 1, list), QStringLiteral("true"));
    QCOMPARE(at(1, 1, list), QStringLiteral("null"));
    QCOMPARE(model.parent(model.index(1, 0, list)), list);
    model.setValue(QStringLiteral("alone"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(at(0, 1), QStringLiteral("alone"));
    model.setValue(QJsonValue::Undefined);
    QCOMPARE(model.rowCount(), 0);
}

void TestDataPanel::hugeListsAreCut()
{
    QJsonArray list;
    for (int i = 0; i < JsonTreeModel::mostChildren + 500; ++i)
        list.append(i);
    JsonTreeModel model(&m_look);
    model.setValue(list);
    QCOMPARE(model.rowCount(), JsonTreeModel::mostChildren + 1);
    QCOMPARE(model.index(JsonTreeModel::mostChildren, 1).data().toString(), QStringLiteral("500 more, not shown here"));
}

void TestDataPanel::tables_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("rows"); // -1: no table
    const auto row = [](const char *name, const char *value, const char *member, int rows) {
        QTest::newRow(name) << QString::fromLatin1(value) << QString::fromLatin1(member) << rows;
    };
    row("list of objects", R"([{"a": 1}, {"a": 2}])", "", 2);
    row("inside", R"({"n": 2, "records": [{"a": 1}, {"a": 2}]})", "records", 2);
    row("the longest", R"({"x": [{"a": 1}], "y": [{"a": 1}, {"a": 2}]})", "y", 2);
    row("one field may be missing", R"([{"a": 1, "b": 1}, {"a": 2}])", "", 2);
    row("too different", R"([{"a": 1, "b": 1, "c": 1}, {"d": 2}])", "", -1);
    row("numbers", "[1, 2]", "", -1);
    row("mixed", R"([{"a": 1}, 2])", "", -1);
    row("empty", "[]", "", -1);
    row("plain", "7", "", -1);
}

void TestDataPanel::tables()
{
    QFETCH(QString, value);
    QFETCH(QString, name);
    QFETCH(int, rows);
    const std::optional<JsonTable> found = tableIn(json(value));
    QCOMPARE(found.has_value(), rows >= 0);
    if (!found)
        return;
    QCOMPARE(found->name, name);
    QCOMPARE(int(found->rows.size()), rows);
}

void TestDataPanel::tableModel()
{
    JsonTableModel model(&m_look);
    model.setRows(json(QStringLiteral(R"([{"a": 1, "b": "x"}, {"a": null}])")).toArray());
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("a"));
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("x"));
    QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("null"));
    QVERIFY(!model.index(1, 1).data().isValid());
    QVERIFY(model.index(0, 0).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
}

void TestDataPanel::viewModes()
{
    JsonView view(&m_look);
    view.setValue(QStringLiteral("Output"), json(QStringLiteral("[1, 2]")), {});
    QVERIFY(view.mode() == JsonView::Mode::Tree);
    view.setMode(JsonView::Mode::Table); // there is none
    QVERIFY(view.mode() == JsonView::Mode::Tree);
    view.setValue(QStringLiteral("Output"), json(QStringLiteral("[{\"a\": 1}]")), {});
    QVERIFY(view.mode() == JsonView::Mode::Table); // wanted before, possible now
}

void TestDataPanel::copies()
{
    JsonView view(&m_look);
    view.setValue(QStringLiteral("Output"), json(QStringLiteral("{\"b\": 1, \"a\": [2]}")), {});
    view.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("{\n  \"a\": [\n    2\n  ],\n  \"b\": 1\n}\n"));
}

void TestDataPanel::saysWhyThereIsNothing()
{
    DataPanel panel(&m_look);
    const Stage stage(&panel, QSize(700, 300));
    const auto says = [&panel](const QString &text) {
        for (const QLabel *label : panel.findChildren<QLabel *>()) {
            if (label->text() == text && label->isVisible())
                return true;
        }
        return false;
    };
    const QString none = QStringLiteral("No data to show");
    const QString running = QStringLiteral("Run 1,285 is under way");
    QVERIFY(says(none));
    panel.showUnderWay(1285);
    QVERIFY(says(running) && !says(none));
    panel.showRecords(someExecution(1285), {});
    QVERIFY(!says(running));
    panel.showUnderWay(1285);
    panel.clear();
    QVERIFY(says(none) && !says(running));
}

void TestDataPanel::choosesTaskAndAttempt()
{
    DataPanel panel(&m_look);
    Stage stage(&panel, QSize(860, 236));
    panel.showRecords(someRun(), someRecords());
    const auto *input = panel.findChild<JsonView *>(QStringLiteral("input"));
    const auto *output = panel.findChild<JsonView *>(QStringLiteral("output"));
    QCOMPARE(input->value(), QJsonValue(someRun().inputContext));
    QCOMPARE(output->value(), QJsonValue(*someRun().outputData));
    panel.showTask(QStringLiteral("Fetch prices"));
    auto *choice = panel.findChild<QComboBox *>();
    QCOMPARE(choice->currentText(), QStringLiteral("4  Fetch prices, attempt 2"));
    QCOMPARE(output->value(), someRecords()[3].outputData);
    QTest::keyClick(choice, Qt::Key_Up);
    QVERIFY(output->value().isUndefined());
    const QList<QLabel *> labels = panel.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text() == QStringLiteral("The server api.shop did not answer within 1 s");
    }));
    panel.showTask(QStringLiteral("no such task"));
    QCOMPARE(choice->currentText(), QStringLiteral("3  Fetch prices"));
}

void TestDataPanel::keepsTheChoiceWhileTheRunGoesOn()
{
    DataPanel panel(&m_look);
    panel.showRecords(someRun(), someRecords().mid(0, 2));
    panel.showTask(QStringLiteral("Read orders"));
    panel.showRecords(someRun(), someRecords());
    QCOMPARE(panel.findChild<QComboBox *>()->currentText(), QStringLiteral("1  Read orders"));
    Execution other = someRun();
    other.id = 1286;
    panel.showRecords(other, someRecords());
    QCOMPARE(panel.findChild<QComboBox *>()->currentText(), QStringLiteral("The whole run"));
}

void TestDataPanel::looks()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    DataPanel panel(&m_look);
    Stage stage(&panel, QSize(860, 236));
    panel.showRecords(someRun(), someRecords());
    panel.showTask(QStringLiteral("Fetch prices"));
    const QString theme = dark ? QStringLiteral("dark") : QStringLiteral("light");
    keepPicture(stage.picture(), QStringLiteral("data-tree-") + theme);
    panel.findChild<JsonView *>(QStringLiteral("output"))->setMode(JsonView::Mode::Table);
    panel.findChild<JsonView *>(QStringLiteral("input"))->setMode(JsonView::Mode::Text);
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    keepPicture(image, QStringLiteral("data-table-") + theme);
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestDataPanel)
#include "tst_data_panel.moc"
