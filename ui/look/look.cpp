// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/look.h"

#include "look/desktop_settings.h"
#include "look/flow_style.h"
#include "look/icon_engine.h"
#include "look/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QHash>

static void initIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace flow {
namespace {

/// The desktop's interface font. Where nothing chose one and fontconfig's fallback came out, Inter reads better.
QString interfaceFamily()
{
    static const QString family = [] {
        const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
        static const QStringList fallbacks = {QString(), QStringLiteral("Sans"), QStringLiteral("Sans Serif"),
                                              QStringLiteral("sans-serif"), QStringLiteral("DejaVu Sans")};
        const QString inter = QStringLiteral("Inter");
        return fallbacks.contains(system, Qt::CaseInsensitive) && QFontDatabase::hasFamily(inter) ? inter : system;
    }();
    return family;
}

QString codeFamily()
{
    static const QString family = [] {
        const QString system = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
        static const QStringList fallbacks = {QString(), QStringLiteral("Monospace"), QStringLiteral("monospace"),
                                              QStringLiteral("DejaVu Sans Mono")};
        const QString better = QStringLiteral("JetBrains Mono");
        return fallbacks.contains(system) && QFontDatabase::hasFamily(better) ? better : system;
    }();
    return family;
}

} // namespace

Look::Look(QObject *parent)
    : QObject(parent)
    , m_darkPalette(QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5f)
    , m_desktop(new DesktopSettings(this))
{
    initIcons();
    connect(m_desktop, &DesktopSettings::changed, this, &Look::follow);
    follow();
}

Look::~Look() = default;

void Look::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    follow();
}

void Look::follow()
{
    const bool dark =
        m_mode == Mode::Dark || (m_mode == Mode::System && m_desktop->prefersDark().value_or(m_darkPalette));
    const Theme theme(dark ? Theme::Kind::Dark : Theme::Kind::Light);
    if (theme == m_theme)
        return;
    m_theme = theme;
    restyle();
}

QFont Look::font(Text text) const
{
    QFont font(text == Text::Code ? codeFamily() : interfaceFamily());
    const auto size = [text] {
        switch (text) {
        case Text::Title:
            return measure::textTitle;
        case Text::Small:
        case Text::SmallStrong:
            return measure::textSmall;
        case Text::Pill:
            return measure::textPill;
        case Text::Code:
            return measure::textCode;
        case Text::Body:
        case Text::BodyStrong:
            break;
        }
        return measure::textBody;
    };
    font.setPixelSize(size());
    if (text == Text::BodyStrong || text == Text::Title || text == Text::SmallStrong)
        font.setWeight(QFont::DemiBold);
    if (text == Text::Code)
        font.setFixedPitch(true);
    return font;
}

QIcon Look::icon(const QString &name, Role role) const
{
    return QIcon(new IconEngine(this, name, role));
}

QPixmap Look::pixmap(const QString &name, Role role, int size, double devicePixelRatio) const
{
    const int side = qRound(size * devicePixelRatio);
    QPixmap pixmap = renderIcon(name, color(role), QSize(side, side));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

Role Look::groupRole(const QString &group) const
{
    static const QHash<QString, Role> known = {
        {QStringLiteral("Demo data"), Role::Accent}, {QStringLiteral("Control"), Role::Expression},
        {QStringLiteral("Files"), Role::Accent},     {QStringLiteral("Tables"), Role::Expression},
        {QStringLiteral("Network"), Role::Success},  {QStringLiteral("Programs"), Role::Warning},
    };
    return known.value(group, Role::Accent);
}

bool Look::reducedMotion() const
{
    return m_desktop->reducedMotion();
}

void Look::applyTo(QApplication *application)
{
    m_application = application;
    m_style = new FlowStyle;
    application->setStyle(m_style);
    restyle();
}

void Look::restyle()
{
    if (m_application) {
        if (m_style)
            m_style->setTheme(m_theme);
        m_application->setPalette(paletteOf(m_theme));
        m_application->setFont(font(Text::Body));
        m_application->setStyleSheet(styleSheetOf(m_theme));
    }
    Q_EMIT changed();
}

} // namespace flow
