// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/theme.h"

#include "support/flow_test.h"

using namespace flow;

Q_DECLARE_METATYPE(Role)

class TestTheme : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void contrastOfPairs_data();
    void contrastOfPairs();
    void contrastIsThatOfWcag();
    void tints_data();
    void tints();
};

namespace {

constexpr double textContrast = 4.5;
constexpr double signContrast = 3.0;

} // namespace

/// Every pair of foreground and background that panels, cards and controls use.
void TestTheme::contrastOfPairs_data()
{
    QTest::addColumn<Role>("front");
    QTest::addColumn<Role>("back");
    QTest::addColumn<double>("least");

    const auto add = [](const char *name, Role front, Role back, double least) {
        QTest::addRow("%s", name) << front << back << least;
    };
    add("text on canvas", Role::Text, Role::Canvas, textContrast);
    add("text on panel", Role::Text, Role::Panel, textContrast);
    add("text on bar", Role::Text, Role::Bar, textContrast);
    add("text on card", Role::Text, Role::Card, textContrast);
    add("text in field", Role::Text, Role::Field, textContrast);
    add("text on selected row", Role::Text, Role::AccentTint, textContrast);
    add("muted on canvas", Role::Muted, Role::Canvas, textContrast);
    add("muted on panel", Role::Muted, Role::Panel, textContrast);
    add("muted on bar", Role::Muted, Role::Bar, textContrast);
    add("muted on card", Role::Muted, Role::Card, textContrast);
    add("muted in field", Role::Muted, Role::Field, textContrast);
    add("muted on selected row", Role::Muted, Role::AccentTint, textContrast);
    add("muted in idle pill", Role::Muted, Role::IdleTint, textContrast);
    add("on accent", Role::OnAccent, Role::Accent, textContrast);
    for (const Role strong : {Role::Accent, Role::Success, Role::Failure, Role::Warning, Role::Expression}) {
        const int n = int(strong);
        QTest::addRow("strong %d on panel", n) << strong << Role::Panel << textContrast;
        QTest::addRow("strong %d on bar", n) << strong << Role::Bar << textContrast;
        QTest::addRow("strong %d on card", n) << strong << Role::Card << textContrast;
        QTest::addRow("strong %d on its tint", n) << strong << tintOf(strong) << textContrast;
        QTest::addRow("strong %d on selected row", n) << strong << Role::AccentTint << textContrast;
        QTest::addRow("strong %d on canvas", n) << strong << Role::Canvas << signContrast;
    }
    add("panel sign on success bar", Role::Panel, Role::Success, signContrast);
    add("panel sign on failure bar", Role::Panel, Role::Failure, signContrast);
    add("panel sign on idle bar", Role::Panel, Role::Idle, signContrast);
    add("idle sign on canvas", Role::Idle, Role::Canvas, signContrast);
    add("idle sign on panel", Role::Idle, Role::Panel, signContrast);
    add("idle sign on bar", Role::Idle, Role::Bar, signContrast);
    add("idle sign on card", Role::Idle, Role::Card, signContrast);
}

void TestTheme::contrastOfPairs()
{
    QFETCH(Role, front);
    QFETCH(Role, back);
    QFETCH(double, least);
    for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
        const Theme theme(kind);
        const double found = contrast(theme.color(front), theme.color(back));
        QVERIFY2(found >= least,
                 qPrintable(QStringLiteral("%1: %2").arg(theme.isDark() ? u"dark" : u"light").arg(found)));
    }
}

void TestTheme::contrastIsThatOfWcag()
{
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    QVERIFY(qAbs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void TestTheme::tints_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<Role>("tint");
    QTest::newRow("accent") << Role::Accent << Role::AccentTint;
    QTest::newRow("success") << Role::Success << Role::SuccessTint;
    QTest::newRow("failure") << Role::Failure << Role::FailureTint;
    QTest::newRow("warning") << Role::Warning << Role::WarningTint;
    QTest::newRow("expression") << Role::Expression << Role::ExpressionTint;
    QTest::newRow("muted has none") << Role::Muted << Role::IdleTint;
}

void TestTheme::tints()
{
    QFETCH(Role, role);
    QFETCH(Role, tint);
    QCOMPARE(tintOf(role), tint);
}

QTEST_GUILESS_MAIN(TestTheme)
#include "tst_theme.moc"
