// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/problems_panel.h"

#include "editor/problems_delegate.h"
#include "editor/problems_model.h"
#include "support/flow_test.h"
#include "ui/editor/panel_fixture.h"
#include "ui/look/panel_picture.h"

#include <QLabel>
#include <QListView>
#include <QSignalSpy>

using namespace flow;

class TestProblemsPanel : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look.applyTo(qApp); }
    void placeTexts();
    void showsEveryIssue();
    void clickJumps();
    void enterJumps();
    void fixChangesTheDocumentOnce();
    void emptyStates();
    void documentMayGo();
    void looks_data() { addThemes(); }
    void looks();

private:
    int rowWithFix(const QListView *list) const
    {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (!list->model()->index(row, 0).data(ProblemsModel::FixLabelRole).toString().isEmpty())
                return row;
        }
        return -1;
    }

    void makeDocument()
    {
        FlowFile file = panelFlow();
        file.flow.startTask = QStringLiteral("Nowhere");
        file.flow.conditions[2].targetTaskFailure = QStringLiteral("Write report"); // after "always": never taken
        m_document = std::make_unique<FlowDocument>(file, DocumentHome(), &m_types);
    }

    Look m_look;
    TaskTypes m_types = panelTaskTypes();
    std::unique_ptr<FlowDocument> m_document;
};

void TestProblemsPanel::placeTexts()
{
    const Flow flow = panelFlow().flow;
    QCOMPARE(placeText({Place::Kind::Flow, -1, {}}, flow), QStringLiteral("Flow"));
    QCOMPARE(placeText({Place::Kind::Task, 1, {}}, flow), QStringLiteral("Fetch prices"));
    QCOMPARE(placeText({Place::Kind::Condition, 2, {}}, flow), QStringLiteral("Fetch prices › no prices"));
    QCOMPARE(placeText({Place::Kind::Task, 99, {}}, flow), QStringLiteral("Flow"));
}

void TestProblemsPanel::showsEveryIssue()
{
    makeDocument();
    ProblemsPanel panel(&m_look);
    panel.setDocument(m_document.get());
    const auto *list = panel.findChild<QListView *>();
    QVERIFY(m_document->issues().size() >= 2);
    QCOMPARE(list->model()->rowCount(), int(m_document->issues().size()));
    QCOMPARE(list->model()->index(0, 0).data().toString(), m_document->issues().first().text);
    QVERIFY(list->model()->index(0, 0).data(ProblemsModel::IsErrorRole).toBool());
}

void TestProblemsPanel::clickJumps()
{
    makeDocument();
    ProblemsPanel panel(&m_look);
    panel.setDocument(m_document.get());
    Stage stage(&panel, QSize(800, 220));
    QSignalSpy jumps(&panel, &ProblemsPanel::placeActivated);
    auto *list = panel.findChild<QListView *>();
    const QRect row = list->visualRect(list->model()->index(1, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(row.left() + 60, row.center().y()));
    QCOMPARE(jumps.count(), 1);
    QCOMPARE(jumps.first().first().value<Place>(), m_document->issues()[1].place);
}

void TestProblemsPanel::enterJumps()
{
    makeDocument();
    ProblemsPanel panel(&m_look);
    panel.setDocument(m_document.get());
    Stage stage(&panel, QSize(800, 220));
    QSignalSpy jumps(&panel, &ProblemsPanel::placeActivated);
    auto *list = panel.findChild<QListView *>();
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(jumps.count(), 1);
    QCOMPARE(jumps.first().first().value<Place>(), m_document->issues()[0].place);
}

void TestProblemsPanel::fixChangesTheDocumentOnce()
{
    makeDocument();
    ProblemsPanel panel(&m_look);
    panel.setDocument(m_document.get());
    Stage stage(&panel, QSize(800, 220));
    QSignalSpy jumps(&panel, &ProblemsPanel::placeActivated);
    auto *list = panel.findChild<QListView *>();
    const int row = rowWithFix(list);
    QVERIFY(row >= 0);
    const QModelIndex index = list->model()->index(row, 0);
    const QString text = index.data().toString();
    const auto *delegate = qobject_cast<ProblemsDelegate *>(list->itemDelegate());
    const QRect fix = delegate->fixRect(list->visualRect(index), index);
    QVERIFY(fix.height() >= measure::target);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, fix.center());
    QCOMPARE(jumps.count(), 0);
    QCOMPARE(m_document->undoStack()->count(), 1);
    for (int i = 0; i < list->model()->rowCount(); ++i)
        QVERIFY(list->model()->index(i, 0).data().toString() != text);
    m_document->undoStack()->undo();
    QCOMPARE(list->model()->index(row, 0).data().toString(), text);
}

void TestProblemsPanel::emptyStates()
{
    makeDocument();
    ProblemsPanel panel(&m_look);
    Stage stage(&panel, QSize(800, 220));
    const auto says = [&panel](const QString &text) {
        const QList<QLabel *> labels = panel.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    };
    QVERIFY(says(QStringLiteral("No flow is open")));
    FlowFile good;
    good.flow.id = QStringLiteral("good");
    good.flow.name = QStringLiteral("Good");
    good.flow.tasks.append(Task{QStringLiteral("Read"), QStringLiteral("read_csv")});
    good.flow.startTask = QStringLiteral("Read");
    FlowDocument document(good, DocumentHome(), &m_types);
    QVERIFY(document.issues().isEmpty());
    panel.setDocument(&document);
    QVERIFY(says(QStringLiteral("No problems found")));
    keepPicture(stage.picture(), QStringLiteral("problems-none"));
    panel.setDocument(nullptr);
}

void TestProblemsPanel::documentMayGo()
{
    makeDocument();
    ProblemsPanel panel(&m_look);
    panel.setDocument(m_document.get());
    m_document.reset();
    QCOMPARE(panel.findChild<QListView *>()->model()->rowCount(), 0);
}

void TestProblemsPanel::looks()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    makeDocument();
    ProblemsPanel panel(&m_look);
    panel.setDocument(m_document.get());
    Stage stage(&panel, QSize(800, 220));
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    keepPicture(image, dark ? QStringLiteral("problems-dark") : QStringLiteral("problems-light"));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestProblemsPanel)
#include "tst_problems_panel.moc"
