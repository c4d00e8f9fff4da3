// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/elided_label.h"
#include "look/look.h"
#include "look/title_edit.h"
#include "support/flow_test.h"

#include <QApplication>
#include <QComboBox>
#include <QSignalSpy>

using namespace flow;

/// Texts that are longer than their place.
class TestElided : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look.applyTo(qApp); }
    void label_data();
    void label();
    void title();
    void combo_data();
    void combo();

private:
    static QString longName() { return QStringLiteral("Fetch the prices of all shops in the north of the country"); }

    Look m_look;
};

void TestElided::label_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("elided");
    QTest::addColumn<QString>("toolTip");
    QTest::newRow("fits") << QStringLiteral("short") << 200 << false << QString();
    QTest::newRow("too long") << longName() << 120 << true << QStringLiteral("<p>%1</p>").arg(longName());
    QTest::newRow("markup") << QStringLiteral("expected <b> in a text that is long, got\n1 < 2") << 120 << true
                            << QStringLiteral("<p>expected &lt;b&gt; in a text that is long, got<br>1 &lt; 2</p>");
    QTest::newRow("lines become one") << QStringLiteral("a\nb") << 200 << false << QString();
}

void TestElided::label()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    QFETCH(bool, elided);
    QFETCH(QString, toolTip);
    ElidedLabel label;
    const QSignalSpy changes(&label, &ElidedLabel::elidedChanged);
    label.resize(2000, 20);
    label.show();
    label.setWhole(text);
    QVERIFY(!label.isElided());
    label.resize(width, 20);
    QCOMPARE(label.isElided(), elided);
    QCOMPARE(changes.size(), elided ? 1 : 0);
    QCOMPARE(label.text().endsWith(u'…'), elided);
    QCOMPARE(label.toolTip(), toolTip);
    QVERIFY(!label.text().contains(u'\n'));
    QVERIFY(label.fontMetrics().horizontalAdvance(label.text()) <= width);
    QCOMPARE(label.accessibleName(), text);
}

void TestElided::title()
{
    QWidget window;
    QLineEdit other(&window);
    TitleEdit title(&window);
    title.setProperty("quiet", true);
    title.setGeometry(0, 40, 160, 30);
    title.setText(longName());
    window.resize(300, 100);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other.setFocus();
    QVERIFY(title.shownText().endsWith(u'…'));
    const QImage idle = title.grab().toImage();
    TitleEdit cut(&window); // the same with a text that fits
    cut.setProperty("quiet", true);
    cut.setGeometry(title.geometry());
    cut.setText(title.shownText());
    cut.show();
    QCOMPARE(cut.grab().toImage(), idle);
    cut.hide();
    QTest::mouseClick(&title, Qt::LeftButton); // whole while it is edited
    QCOMPARE(title.shownText(), longName());
    QTest::keyClick(&title, Qt::Key_End);
    QTest::keyClick(&title, '!');
    QCOMPARE(title.text(), longName() + u'!');
}

void TestElided::combo_data()
{
    QTest::addColumn<bool>("icon");
    QTest::newRow("text") << false;
    QTest::newRow("icon and text") << true;
}

void TestElided::combo()
{
    QFETCH(bool, icon);
    QComboBox box;
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.addItem(icon ? m_look.icon(QStringLiteral("flow")) : QIcon(), longName());
    box.resize(160, 30);
    box.show();
    const QImage whole = box.grab().toImage();
    const int room = 160 - 9 - 20;
    int alike = 0;
    for (int width = room / 2; width <= room; ++width) {
        box.setItemText(0, box.fontMetrics().elidedText(longName(), Qt::ElideRight, width));
        alike += box.grab().toImage() == whole;
    }
    QVERIFY(alike > 0);
}

QTEST_MAIN(TestElided)
#include "tst_elided.moc"
