// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/look.h"

#include "look/painting.h"
#include "look/small_widgets.h"
#include "look/style_sheet.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>

using namespace flow;

class TestLook : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look.applyTo(qApp); }
    void everyIconDraws_data();
    void everyIconDraws();
    void unknownIconIsThePlainTask();
    void iconFollowsTheme();
    void iconKeepsItsShapeWhenZoomed_data();
    void iconKeepsItsShapeWhenZoomed();
    void modeRestylesTheApplication();
    void styleSheetHasNoOpenNames();
    void controlsAreThirtyHigh();
    void tabsDoNotMoveWhenChosen();
    void digitsTakeEqualWidths();
    void emptyPillIsHidden();
    void messageIsHiddenWhileEmpty();
    void controls_data() { addThemes(); }
    void controls();

private:
    Look m_look;
};

void TestLook::everyIconDraws_data()
{
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(":/flow/icons")).entryList();
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(4);
    for (const char *name :
         {"play",        "play-input", "stop",        "pause",  "step",    "undo",    "redo",         "tidy",
          "fit",         "zoom-in",    "zoom-out",    "search", "server",  "plus",    "trash",        "copy",
          "rename",      "file",       "folder-open", "save",   "import",  "export",  "flow",         "task",
          "download",    "gear",       "database",    "check",  "bell",    "dot",     "clock",        "text",
          "braces",      "warning",    "error",       "info",   "spinner", "history", "log",          "timeline",
          "data",        "problems",   "settings",    "sun",    "moon",    "close",   "chevron-down", "chevron-right",
          "arrow-right", "start",      "end",         "pin",    "filter",  "link"})
        QVERIFY2(files.contains(QString::fromLatin1(name) + QStringLiteral(".svg")), name);
}

void TestLook::everyIconDraws()
{
    QFETCH(QString, name);
    const QImage image = m_look.pixmap(name, Role::Failure, 16, 2).toImage();
    QCOMPARE(image.size(), QSize(32, 32));
    int drawn = 0;
    const QColor wanted = m_look.color(Role::Failure);
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() < 200)
                continue;
            ++drawn;
            QVERIFY2(qAbs(pixel.red() - wanted.red()) < 12 && qAbs(pixel.green() - wanted.green()) < 12,
                     "another colour");
        }
    }
    QVERIFY(drawn > 8);
}

void TestLook::unknownIconIsThePlainTask()
{
    QCOMPARE(m_look.pixmap(QStringLiteral("no-such-icon"), Role::Text, 16, 1).toImage(),
             m_look.pixmap(QStringLiteral("task"), Role::Text, 16, 1).toImage());
}

void TestLook::iconFollowsTheme()
{
    m_look.setMode(Look::Mode::Light);
    const QIcon icon = m_look.icon(QStringLiteral("stop"), Role::Text);
    QCOMPARE(icon.pixmap(16).toImage().pixelColor(8, 8), m_look.color(Role::Text));
    m_look.setMode(Look::Mode::Dark);
    QCOMPARE(icon.pixmap(16).toImage().pixelColor(8, 8), m_look.color(Role::Text));
    m_look.setMode(Look::Mode::Light);
}

void TestLook::iconKeepsItsShapeWhenZoomed_data()
{
    QTest::addColumn<double>("zoom");
    for (const double zoom : {0.5, 0.85, 0.88, 1.0, 1.25, 1.7, 3.0})
        QTest::addRow("%g", zoom) << zoom;
}

/// A dot is as wide as high, whatever the zoom and the fraction of a pixel it stands at.
void TestLook::iconKeepsItsShapeWhenZoomed()
{
    QFETCH(double, zoom);
    QImage image(100, 100, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.translate(10.3, 20.6);
    painter.scale(zoom, zoom);
    m_look.icon(QStringLiteral("dot"), Role::Text).paint(&painter, QRect(3, 5, 16, 16));
    painter.end();
    const auto covered = [&image](bool across) {
        QList<int> profile;
        for (int a = 0; a < 100; ++a) {
            int sum = 0;
            for (int b = 0; b < 100; ++b)
                sum += qAlpha(across ? image.pixel(a, b) : image.pixel(b, a));
            if (sum > 0)
                profile.append(sum);
        }
        return profile;
    };
    const QList<int> columns = covered(true);
    QVERIFY(!columns.isEmpty());
    QCOMPARE(columns.size(), covered(false).size());
    for (qsizetype i = 0; i < columns.size(); ++i)
        QVERIFY2(qAbs(columns[i] - columns[columns.size() - 1 - i]) < 60, "lopsided");
}

void TestLook::modeRestylesTheApplication()
{
    m_look.setMode(Look::Mode::Light);
    QSignalSpy changes(&m_look, &Look::changed);
    m_look.setMode(Look::Mode::Dark);
    QCOMPARE(changes.count(), 1);
    QVERIFY(m_look.theme().isDark());
    QCOMPARE(qApp->palette().color(QPalette::Window), m_look.color(Role::Bar));
    m_look.setMode(Look::Mode::Dark);
    QCOMPARE(changes.count(), 1);
    m_look.setMode(Look::Mode::Light);
    QCOMPARE(qApp->palette().color(QPalette::WindowText), QColor(0x1B, 0x24, 0x30));
}

void TestLook::styleSheetHasNoOpenNames()
{
    for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
        const QString sheet = styleSheetOf(Theme(kind));
        QVERIFY(!sheet.contains(u'@'));
        QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
    }
}

void TestLook::controlsAreThirtyHigh()
{
    QLineEdit line;
    QPushButton button(QStringLiteral("Run"));
    QComboBox box;
    QSpinBox spin;
    for (QWidget *control : {static_cast<QWidget *>(&line), static_cast<QWidget *>(&button),
                             static_cast<QWidget *>(&box), static_cast<QWidget *>(&spin)}) {
        control->ensurePolished();
        QCOMPARE(control->sizeHint().height(), measure::control);
    }
}

void TestLook::tabsDoNotMoveWhenChosen()
{
    QTabBar tabs;
    tabs.addTab(QStringLiteral("Settings"));
    tabs.addTab(QStringLiteral("Routing"));
    tabs.show();
    const QRect second = tabs.tabRect(1);
    QCOMPARE(second.height(), measure::tabs);
    tabs.setCurrentIndex(1);
    QCOMPARE(tabs.tabRect(1), second);
}

void TestLook::digitsTakeEqualWidths()
{
    const QFont font = m_look.font(Look::Text::Body);
    QCOMPARE(tabularWidth(font, QStringLiteral("111.1 s")), tabularWidth(font, QStringLiteral("888.8 s")));
    QVERIFY(tabularWidth(font, QStringLiteral("1234")) > tabularWidth(font, QStringLiteral("123")));
}

void TestLook::emptyPillIsHidden()
{
    QWidget window;
    Pill pill(&m_look, &window);
    window.show();
    QVERIFY(pill.isHidden());
    pill.set(QStringLiteral("running"), Role::Accent);
    QVERIFY(pill.isVisible());
    pill.set({}, Role::Accent);
    QVERIFY(pill.isHidden());
}

void TestLook::messageIsHiddenWhileEmpty()
{
    QWidget window;
    InlineMessage message(&m_look, &window);
    window.show();
    QVERIFY(message.isHidden());
    message.set(QStringLiteral("Must be a number"));
    QVERIFY(message.isVisible());
    QCOMPARE(message.text(), QStringLiteral("Must be a number"));
    message.clear();
    QVERIFY(message.isHidden());
}

void TestLook::controls()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    QWidget window;
    auto *grid = new QGridLayout(&window);
    auto *primary = new QPushButton(m_look.icon(QStringLiteral("play"), Role::OnAccent), QStringLiteral("Run"));
    setKind(primary, ButtonKind::Primary);
    auto *danger = new QPushButton(m_look.icon(QStringLiteral("stop"), Role::Failure), QStringLiteral("Stop"));
    setKind(danger, ButtonKind::Danger);
    auto *link = new QPushButton(QStringLiteral("Remove this condition"));
    setKind(link, ButtonKind::Link);
    auto *off = new QPushButton(QStringLiteral("Not now"));
    off->setEnabled(false);
    int column = 0;
    for (QPushButton *button : {primary, new QPushButton(QStringLiteral("Step")), danger, link, off})
        grid->addWidget(button, 0, column++);
    auto *combo = new QComboBox;
    combo->addItems({QStringLiteral("GET"), QStringLiteral("POST")});
    auto *spin = new QSpinBox;
    spin->setSuffix(QStringLiteral(" s"));
    auto *wrong = new QLineEdit(QStringLiteral("12x"));
    setWrong(wrong, true);
    auto *line = new QLineEdit;
    line->setPlaceholderText(QStringLiteral("300"));
    auto *focused = new QLineEdit(QStringLiteral("focused"));
    column = 0;
    for (QWidget *field : {static_cast<QWidget *>(combo), static_cast<QWidget *>(spin), static_cast<QWidget *>(wrong),
                           static_cast<QWidget *>(line), static_cast<QWidget *>(focused)})
        grid->addWidget(field, 1, column++);
    auto *checked = new QCheckBox(QStringLiteral("Follow links"));
    checked->setChecked(true);
    auto *radio = new QRadioButton(QStringLiteral("Library"));
    radio->setChecked(true);
    column = 0;
    for (QWidget *box :
         {static_cast<QWidget *>(checked), static_cast<QWidget *>(new QCheckBox(QStringLiteral("Quiet"))),
          static_cast<QWidget *>(radio), static_cast<QWidget *>(new QRadioButton(QStringLiteral("File")))})
        grid->addWidget(box, 2, column++);
    auto *icons = new QWidget;
    auto *sheet = new QGridLayout(icons);
    const QStringList files = QDir(QStringLiteral(":/flow/icons")).entryList();
    for (int i = 0; i < files.size(); ++i) {
        auto *label = new QLabel;
        label->setPixmap(m_look.pixmap(files[i].chopped(4), Role::Text, 16, label->devicePixelRatioF()));
        sheet->addWidget(label, i / 18, i % 18);
    }
    grid->addWidget(icons, 3, 0, 1, 5);
    Stage stage(&window, QSize(720, 300));
    focused->setFocus();
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    QCOMPARE(image.pixelColor(2, 2), m_look.color(Role::Bar));
    keepPicture(image, dark ? QStringLiteral("controls-dark") : QStringLiteral("controls-light"));
    QMenu menu;
    menu.addAction(m_look.icon(QStringLiteral("copy")), QStringLiteral("Copy"), QKeySequence::Copy);
    QAction *chosen = menu.addAction(QStringLiteral("Snap to the grid"));
    chosen->setCheckable(true);
    chosen->setChecked(true);
    menu.addSeparator();
    menu.addMenu(QStringLiteral("Open recent"));
    menu.addAction(QStringLiteral("Remove"))->setEnabled(false);
    menu.ensurePolished();
    menu.resize(menu.sizeHint());
    menu.setActiveAction(menu.actions().first());
    keepPicture(menu.grab().toImage(), dark ? QStringLiteral("menu-dark") : QStringLiteral("menu-light"));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"
