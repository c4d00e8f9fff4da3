// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/inspector_panel.h"
#include "look/title_edit.h"

#include "support/flow_test.h"
#include "ui/editor/inspector_stage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace flow;

/// What is typed and clicked in the inspector, and what the document makes of it.
class TestInspectorPanel : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_look.applyTo(qApp);
    }
    void typingIsOneUndoStep_data();
    void typingIsOneUndoStep();
    void badValuesStayInTheField_data();
    void badValuesStayInTheField();
    void settingsTakeExpressions();
    void tabGoesDownTheFields();
    void badValueComesBackWithItsTask();
    void choiceIsOneStep();
    void checkIsOneStep();
    void resetRemovesTheSetting();
    void undoShowsTheOldValue();
    void typingKeepsTheCursor();
    void renamingIsOneStep();
    void refusedNameIsExplained();
    void renamingIsNotLostWhenTheSelectionChanges();
    void retryFieldsAppearWithMoreAttempts();
    void otherSettingsAreKept();
    void flowProperties();
    void longNamesAreElided_data();
    void longNamesAreElided();
    void severalSelected();
    void readOnlyIsNotEditable();
    void focusFieldGoesThere();
    void documentMayGo();

private:
    Look m_look;
};

void TestInspectorPanel::typingIsOneUndoStep_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("config"); ///< compact JSON of the task
    const auto row = [](const char *field, const char *typed, const char *task) {
        QTest::newRow(field) << QString::fromUtf8(field) << QString::fromUtf8(typed) << QString::fromUtf8(task);
    };
    row("url", "http://x", R"("config":{"url":"http://x"})");
    row("time_limit", "12.5", R"("config":{"time_limit":12.5,"url":"https://api.shop/prices"})");
    row("largest", "16", R"("config":{"largest":16,"url":"https://api.shop/prices"})");
    row("headers", "{\"a\": 1}", R"("config":{"headers":{"a":1},"url":"https://api.shop/prices"})");
    row("accept", "text/csv", R"("config":{"accept":["text/csv"],"url":"https://api.shop/prices"})");
    row("body", "hello", R"("config":{"body":"hello","url":"https://api.shop/prices"})");
    row("timeout_seconds", "90", R"("timeout_seconds":90)");
    row("description", "Why", R"("description":"Why")");
    row("retry.max_attempts", "5", R"("max_attempts":5)");
}

void TestInspectorPanel::typingIsOneUndoStep()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QString, config);
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    const QByteArray before = stage.document.bytes();
    stage.type(field, typed);
    const QString task = QString::fromUtf8(json::writeCompact(toJson(*stage.task(QStringLiteral("Fetch prices")))));
    QVERIFY2(task.contains(config), qPrintable(task));
    QCOMPARE(stage.document.undoStack()->count(), 1);
    stage.document.undoStack()->undo();
    QCOMPARE(stage.document.bytes(), before);
}

void TestInspectorPanel::badValuesStayInTheField_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *field, const char *typed, const char *message) {
        QTest::newRow(field) << QString::fromUtf8(field) << QString::fromUtf8(typed) << QString::fromUtf8(message);
    };
    row("time_limit", "abc", "Must be a number from 0 to 300");
    row("largest", "x", "Must be a whole number from 1 to 1,024");
    row("headers", "{", "");
    row("retry.max_attempts", "0", "Must be a whole number from 1 to 100");
}

void TestInspectorPanel::badValuesStayInTheField()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QString, message);
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    const QByteArray before = stage.document.bytes();
    stage.type(field, typed);
    FieldEditor *editor = stage.field(field);
    QVERIFY(!editor->message().isEmpty());
    if (!message.isEmpty())
        QCOMPARE(editor->message(), message);
    QCOMPARE(editor->draft(), typed);
    QCOMPARE(stage.document.bytes(), before);
    QCOMPARE(stage.document.undoStack()->count(), 0);
    QVERIFY(stage.document.isModified());
    const Issue issue = stage.document.issues().first();
    QCOMPARE(issue.rule, QStringLiteral("unfinished-field"));
    QVERIFY2(issue.text.endsWith(editor->message()), qPrintable(issue.text));
    QTest::keyClick(editor->control(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(editor->control(), Qt::Key_Delete);
    stage.settle();
    QVERIFY(stage.document.unfinishedIssues().isEmpty());
}

/// Whatever the kind of a setting.
void TestInspectorPanel::settingsTakeExpressions()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    for (const char *key : {"time_limit", "url", "headers"}) {
        const QString field = QString::fromLatin1(key);
        stage.type(field, QStringLiteral("${input.x}"));
        QCOMPARE(stage.config().value(field), QJsonValue(QStringLiteral("${input.x}")));
    }
    stage.selectTask(QStringLiteral("Read orders"));
    stage.selectTask(QStringLiteral("Fetch prices"));
    QVERIFY(stage.document.unfinishedIssues().isEmpty());
    stage.type(QStringLiteral("timeout_seconds"), QStringLiteral("${input.x}")); // not one of the type's settings
    QCOMPARE(stage.field(QStringLiteral("timeout_seconds"))->draft(), QStringLiteral("${input.x}"));
}

/// From top to bottom, also after other tasks with other fields were shown.
void TestInspectorPanel::tabGoesDownTheFields()
{
    InspectorStage stage(&m_look);
    for (const char *task : {"Fetch prices", "Read orders", "Fetch prices"})
        stage.selectTask(QString::fromLatin1(task));
    QList<FieldEditor *> fields;
    for (FieldEditor *field : stage.panel.findChildren<FieldEditor *>()) {
        if (field->isVisible())
            fields << field;
    }
    const auto place = [&](const QWidget *widget) { return widget->mapTo(&stage.panel, QPoint()); };
    std::sort(fields.begin(), fields.end(), [&](const QWidget *a, const QWidget *b) {
        return std::pair(place(a).y(), place(a).x()) < std::pair(place(b).y(), place(b).x());
    });
    QVERIFY(fields.size() > 5);
    QStringList expected;
    for (const FieldEditor *field : std::as_const(fields))
        expected << field->spec().key;
    fields.first()->control()->setFocus();
    QStringList gone;
    for (int step = 0; step < 40 && gone.size() < expected.size(); ++step) {
        for (const FieldEditor *field : std::as_const(fields)) {
            if (field->control()->hasFocus())
                gone << field->spec().key;
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY2(gone == expected, qPrintable(gone.join(u' ') + QStringLiteral("\n") + expected.join(u' ')));
}

void TestInspectorPanel::badValueComesBackWithItsTask()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    stage.type(QStringLiteral("time_limit"), QStringLiteral("12x"));
    stage.selectTask(QStringLiteral("Read orders"));
    QVERIFY(!stage.findField(QStringLiteral("time_limit")));
    stage.selectTask(QStringLiteral("Fetch prices"));
    QCOMPARE(stage.field(QStringLiteral("time_limit"))->draft(), QStringLiteral("12x"));
    QCOMPARE(stage.field(QStringLiteral("time_limit"))->message(), QStringLiteral("Must be a number from 0 to 300"));
    QCOMPARE(stage.config().value(QStringLiteral("time_limit")), QJsonValue(12)); // the last good value
    QCOMPARE(stage.document.undoStack()->count(), 1);

    // Also when another flow was in front meanwhile.
    stage.panel.setDocument(nullptr);
    stage.panel.setDocument(&stage.document);
    stage.settle();
    QCOMPARE(stage.field(QStringLiteral("time_limit"))->draft(), QStringLiteral("12x"));
    QCOMPARE(stage.document.unfinishedIssues().size(), 1);
}

void TestInspectorPanel::choiceIsOneStep()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    auto *box = qobject_cast<QComboBox *>(stage.field(QStringLiteral("method"))->control());
    QCOMPARE(box->currentText(), QStringLiteral("GET")); // the default
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(stage.config().value(QStringLiteral("method")).toString(), QStringLiteral("POST"));
    QCOMPARE(stage.document.undoStack()->count(), 1);
}

void TestInspectorPanel::checkIsOneStep()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    auto *box = qobject_cast<QCheckBox *>(stage.field(QStringLiteral("follow"))->control());
    QVERIFY(box->isChecked());
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QCOMPARE(stage.config().value(QStringLiteral("follow")), QJsonValue(false));
    QCOMPARE(stage.document.undoStack()->count(), 1);
}

void TestInspectorPanel::resetRemovesTheSetting()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    FieldEditor *editor = stage.field(QStringLiteral("time_limit"));
    auto *reset = editor->findChild<QToolButton *>(QStringLiteral("reset"));
    QVERIFY(!reset->isVisible());
    stage.type(QStringLiteral("time_limit"), QStringLiteral("5"));
    QVERIFY(reset->isVisible());
    QTest::mouseClick(reset, Qt::LeftButton);
    QVERIFY(!stage.config().contains(QStringLiteral("time_limit")));
    QVERIFY(qobject_cast<QLineEdit *>(editor->control())->text().isEmpty());
    QCOMPARE(qobject_cast<QLineEdit *>(editor->control())->placeholderText(), QStringLiteral("30"));
    QVERIFY(!reset->isVisible());
}

void TestInspectorPanel::undoShowsTheOldValue()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    stage.type(QStringLiteral("url"), QStringLiteral("http://x"));
    stage.document.undoStack()->undo();
    stage.settle();
    auto *line = qobject_cast<QLineEdit *>(stage.field(QStringLiteral("url"))->control());
    QCOMPARE(line->text(), QStringLiteral("https://api.shop/prices"));
}

void TestInspectorPanel::typingKeepsTheCursor()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    auto *line = qobject_cast<QLineEdit *>(stage.field(QStringLiteral("url"))->control());
    line->setFocus();
    line->setCursorPosition(8);
    for (const QChar letter : QStringLiteral("www.")) {
        QTest::keyClick(line, letter.toLatin1());
        stage.settle();
    }
    QCOMPARE(line->text(), QStringLiteral("https://www.api.shop/prices"));
    QCOMPARE(line->cursorPosition(), 12);
}

void TestInspectorPanel::renamingIsOneStep()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    QLineEdit *name = stage.name();
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Get prices"));
    QCOMPARE(stage.document.undoStack()->count(), 0);
    QTest::keyClick(name, Qt::Key_Return);
    stage.settle();
    QVERIFY(stage.task(QStringLiteral("Get prices")));
    QCOMPARE(stage.document.flow().conditions[0].targetTaskSuccess, QStringLiteral("Get prices"));
    QCOMPARE(stage.document.undoStack()->count(), 1);
    QCOMPARE(stage.name()->text(), QStringLiteral("Get prices"));
    QVERIFY(stage.findField(QStringLiteral("url")));
}

void TestInspectorPanel::refusedNameIsExplained()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    QLineEdit *name = stage.name();
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Read orders"));
    QTest::keyClick(name, Qt::Key_Return);
    stage.settle();
    QVERIFY(stage.says(QStringLiteral("Another task has this name; names are unique within a flow")));
    QCOMPARE(name->text(), QStringLiteral("Read orders"));
    QCOMPARE(stage.document.undoStack()->count(), 0);
    QTest::keyClick(name, Qt::Key_Escape);
    QCOMPARE(name->text(), QStringLiteral("Fetch prices"));
}

void TestInspectorPanel::renamingIsNotLostWhenTheSelectionChanges()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    QLineEdit *name = stage.name();
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Get prices"));
    stage.selectTask(QStringLiteral("Read orders"));
    QVERIFY(stage.task(QStringLiteral("Get prices")));
    QCOMPARE(stage.name()->text(), QStringLiteral("Read orders"));
    QCOMPARE(stage.document.selection().tasks, QStringList{QStringLiteral("Read orders")});
    QCOMPARE(stage.document.undoStack()->count(), 1);
}

void TestInspectorPanel::retryFieldsAppearWithMoreAttempts()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Read orders"));
    QVERIFY(!stage.field(QStringLiteral("retry.delay_seconds"))->isVisibleTo(&stage.panel));
    stage.type(QStringLiteral("retry.max_attempts"), QStringLiteral("3"));
    stage.settle();
    QVERIFY(stage.field(QStringLiteral("retry.delay_seconds"))->isVisibleTo(&stage.panel));
    stage.type(QStringLiteral("retry.delay_seconds"), QStringLiteral("2"));
    QCOMPARE(*stage.task(QStringLiteral("Read orders"))->retry, (RetryPolicy{3, 2}));
    QCOMPARE(stage.document.undoStack()->count(), 2);
}

void TestInspectorPanel::otherSettingsAreKept()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    Task task = *stage.task(QStringLiteral("Fetch prices"));
    task.config->insert(QStringLiteral("colour"), QStringLiteral("red"));
    stage.document.changeTask(task.name, task, QStringLiteral("config"));
    stage.settle();
    stage.type(QStringLiteral("url"), QStringLiteral("http://y"));
    QCOMPARE(stage.config(), (QJsonObject{{QStringLiteral("colour"), QStringLiteral("red")},
                                          {QStringLiteral("url"), QStringLiteral("http://y")}}));
}

void TestInspectorPanel::flowProperties()
{
    InspectorStage stage(&m_look);
    stage.type(QStringLiteral("description"), QStringLiteral("What it does"));
    QCOMPARE(stage.document.flow().description, QStringLiteral("What it does"));
    QCOMPARE(stage.document.undoStack()->count(), 1);
    stage.type(QStringLiteral("inputs"), QStringLiteral("{\"type\": \"object\"}"));
    QCOMPARE(*stage.document.flow().inputs, (QJsonObject{{QStringLiteral("type"), QStringLiteral("object")}}));
    auto *start = stage.panel.findChild<QComboBox *>(QStringLiteral("start_task"));
    QCOMPARE(start->currentText(), QStringLiteral("Read orders"));
    QTest::keyClick(start, Qt::Key_Down);
    QCOMPARE(stage.document.flow().startTask, QStringLiteral("Fetch prices"));
    stage.type(QStringLiteral("id"), QString());
    QCOMPARE(stage.field(QStringLiteral("id"))->message(), QStringLiteral("Must be filled in"));
    QCOMPARE(stage.document.flow().id, QStringLiteral("monthly-report"));
}

void TestInspectorPanel::longNamesAreElided_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("elided");
    QTest::newRow("short") << QStringLiteral("Read") << false;
    QTest::newRow("long") << QStringLiteral("Fetch the prices of all shops in the north of the country") << true;
}

void TestInspectorPanel::longNamesAreElided()
{
    QFETCH(QString, name);
    QFETCH(bool, elided);
    InspectorStage stage(&m_look);
    QVERIFY(stage.document.renameTask(QStringLiteral("Read orders"), name));
    Flow flow = stage.document.flow();
    flow.name = name;
    stage.document.changeFlow(flow, QStringLiteral("name"));
    stage.settle();
    const QString whole = QStringLiteral("<p>%1</p>").arg(name);
    QCOMPARE(stage.panel.findChild<QComboBox *>(QStringLiteral("start_task"))->toolTip(), whole);
    for (const bool ofTask : {false, true}) {
        if (ofTask)
            stage.selectTask(name);
        const auto *title = qobject_cast<const TitleEdit *>(stage.name());
        QVERIFY(title);
        QCOMPARE(title->shownText().endsWith(u'…'), elided);
        QCOMPARE(title->toolTip(), whole);
    }
}

void TestInspectorPanel::severalSelected()
{
    InspectorStage stage(&m_look);
    stage.document.select(Selection{{QStringLiteral("Read orders"), QStringLiteral("Write report")}, {1}});
    stage.settle();
    QVERIFY(stage.says(QStringLiteral("2 tasks and 1 condition selected")));
    QTest::mouseClick(stage.button(QStringLiteral("Remove them")), Qt::LeftButton);
    QCOMPARE(stage.document.flow().tasks.size(), 2);
    QCOMPARE(stage.document.undoStack()->count(), 1);
}

void TestInspectorPanel::readOnlyIsNotEditable()
{
    InspectorStage stage(&m_look);
    stage.document.setReadOnly(true);
    stage.selectTask(QStringLiteral("Fetch prices"));
    QVERIFY(!stage.field(QStringLiteral("url"))->isEnabled());
    QVERIFY(stage.name()->isReadOnly());
}

void TestInspectorPanel::focusFieldGoesThere()
{
    InspectorStage stage(&m_look);
    stage.document.select(Selection{{QStringLiteral("Fetch prices")}, {}});
    stage.panel.focusField(QStringLiteral("config.url"));
    QCOMPARE(QApplication::focusWidget(), stage.field(QStringLiteral("url"))->control());
    stage.panel.focusField(QStringLiteral("name"));
    QCOMPARE(QApplication::focusWidget(), stage.name());
}

void TestInspectorPanel::documentMayGo()
{
    TaskTypes types = panelTaskTypes();
    InspectorPanel panel(&m_look);
    auto document = std::make_unique<FlowDocument>(panelFlow(), DocumentHome(), &types);
    panel.setDocument(document.get());
    document->select(Selection{{QStringLiteral("Fetch prices")}, {}});
    QApplication::processEvents();
    document.reset();
    QApplication::processEvents();
    const QList<QLabel *> labels = panel.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&panel](const QLabel *label) {
        return label->isVisibleTo(&panel) && label->text() == QStringLiteral("Nothing to inspect");
    }));
}

QTEST_MAIN(TestInspectorPanel)
#include "tst_inspector_panel.moc"
