// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/palette_panel.h"

#include "editor/palette_list.h"
#include "editor/palette_model.h"
#include "editor/task_mime.h"
#include "support/flow_test.h"
#include "ui/editor/panel_fixture.h"
#include "ui/look/panel_picture.h"

#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace flow;

class TestPalettePanel : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look.applyTo(qApp); }
    void groupsHaveHeadings();
    void ranking_data();
    void ranking();
    void typingSearchesAndEnterTakes();
    void downGoesIntoTheList();
    void doubleClickTakes();
    void nothingFound();
    void dragData();
    void looks_data() { addThemes(); }
    void looks();

private:
    QStringList titles(const PaletteModel &model) const
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(); ++row)
            list << model.index(row).data().toString();
        return list;
    }

    Look m_look;
    TaskTypes m_types = panelTaskTypes();
};

void TestPalettePanel::groupsHaveHeadings()
{
    const PaletteModel model(&m_types);
    QCOMPARE(titles(model).join(u'|'),
             QStringLiteral("Files|Read CSV|Write Excel|Network|HTTP request|Send e-mail|Programs|"
                            "Run command|Tables|Aggregate|Join"));
    QVERIFY(model.index(0).data(PaletteModel::IsHeadingRole).toBool());
    QCOMPARE(model.flags(model.index(0)), Qt::NoItemFlags);
    QVERIFY(model.flags(model.index(1)) & Qt::ItemIsDragEnabled);
    QCOMPARE(model.firstTaskRow(), 1);
}

void TestPalettePanel::ranking_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("titles");
    const auto row = [](const char *search, const char *titles) {
        QTest::newRow(search) << QString::fromUtf8(search) << QString::fromUtf8(titles);
    };
    row("read", "Read CSV");
    row("excel", "Write Excel");                         // a word inside the title before its mention in a description
    row("write", "Write Excel|Send e-mail");             // title before description
    row("table", "Aggregate|Join|Read CSV|Write Excel"); // group before description
    row("run_c", "Run command");                         // by name
    row("SEND mail", "Send e-mail");                     // all words, any case
    row("send csv", "");
}

void TestPalettePanel::ranking()
{
    QFETCH(QString, search);
    QFETCH(QString, titles);
    PaletteModel model(&m_types);
    model.setSearch(search);
    QCOMPARE(this->titles(model).join(u'|'), titles);
}

void TestPalettePanel::typingSearchesAndEnterTakes()
{
    PalettePanel panel(&m_types, &m_look);
    Stage stage(&panel, QSize(248, 500));
    QSignalSpy taken(&panel, &PalettePanel::taskTypeActivated);
    panel.focusSearch();
    auto *search = panel.findChild<QLineEdit *>();
    QTest::keyClicks(search, QStringLiteral("join"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(taken.count(), 1);
    QCOMPARE(taken.first().first().toString(), QStringLiteral("join"));
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(search->text().isEmpty());
}

void TestPalettePanel::downGoesIntoTheList()
{
    PalettePanel panel(&m_types, &m_look);
    Stage stage(&panel, QSize(248, 500));
    QSignalSpy taken(&panel, &PalettePanel::taskTypeActivated);
    panel.focusSearch();
    auto *list = panel.findChild<PaletteList *>();
    QTest::keyClick(panel.findChild<QLineEdit *>(), Qt::Key_Down);
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("Read CSV"));
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("HTTP request"));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(taken.count(), 1);
    QCOMPARE(taken.first().first().toString(), QStringLiteral("http_request"));
}

void TestPalettePanel::doubleClickTakes()
{
    PalettePanel panel(&m_types, &m_look);
    Stage stage(&panel, QSize(248, 500));
    QSignalSpy taken(&panel, &PalettePanel::taskTypeActivated);
    auto *list = panel.findChild<PaletteList *>();
    const auto place = [list](int row) { return list->visualRect(list->model()->index(row, 0)).center(); };
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place(0));
    QCOMPARE(taken.count(), 0);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place(2));
    QCOMPARE(taken.count(), 1);
    QCOMPARE(taken.first().first().toString(), QStringLiteral("write_excel"));
}

void TestPalettePanel::nothingFound()
{
    PalettePanel panel(&m_types, &m_look);
    Stage stage(&panel, QSize(248, 500));
    auto *search = panel.findChild<QLineEdit *>();
    auto *all = panel.findChild<QPushButton *>();
    QVERIFY(!all->isVisible());
    QTest::keyClicks(search, QStringLiteral("zzz"));
    QVERIFY(all->isVisible());
    keepPicture(stage.picture(), QStringLiteral("palette-nothing"));
    QTest::mouseClick(all, Qt::LeftButton);
    QVERIFY(search->text().isEmpty());
    QVERIFY(!all->isVisible());
}

void TestPalettePanel::dragData()
{
    PaletteModel model(&m_types);
    QCOMPARE(model.mimeTypes(), QStringList{taskTypeMime});
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(1)}));
    QCOMPARE(data->data(taskTypeMime), QByteArray("read_csv"));

    PaletteList list(&m_look);
    list.setModel(&model);
    const QPixmap picture = list.dragPicture(model.index(1));
    QVERIFY(picture.width() / picture.devicePixelRatio() >= measure::cardWidth);
    QVERIFY(saysSomething(picture.toImage()));
    keepPicture(picture.toImage(), QStringLiteral("palette-drag"));
}

void TestPalettePanel::looks()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    PalettePanel panel(&m_types, &m_look);
    Stage stage(&panel, QSize(248, 460));
    auto *list = panel.findChild<PaletteList *>();
    list->setCurrentIndex(list->model()->index(4, 0));
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    QCOMPARE(image.pixelColor(1, image.height() - 2), m_look.color(Role::Panel));
    keepPicture(image, dark ? QStringLiteral("palette-dark") : QStringLiteral("palette-light"));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestPalettePanel)
#include "tst_palette_panel.moc"
