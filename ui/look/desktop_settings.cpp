// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/desktop_settings.h"

#ifdef FLOW_HAS_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

namespace flow {
namespace {

const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");
const QString gnomeInterface = QStringLiteral("org.gnome.desktop.interface");
const QString enableAnimations = QStringLiteral("enable-animations");

#ifdef FLOW_HAS_DBUS
const QString portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settings = QStringLiteral("org.freedesktop.portal.Settings");

/// Values of the portal come wrapped in one or two variants.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}
#else
QVariant unwrapped(const QVariant &value)
{
    return value;
}
#endif

} // namespace

DesktopSettings::DesktopSettings(QObject *parent)
    : QObject(parent)
{
#ifdef FLOW_HAS_DBUS
    // Without an address libdbus would try to start a bus of its own, which takes time.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portal, portalPath, settings, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(appearance, colorScheme);
    ask(gnomeInterface, enableAnimations);
#endif
}

void DesktopSettings::ask([[maybe_unused]] const QString &group, [[maybe_unused]] const QString &key)
{
#ifdef FLOW_HAS_DBUS
    QDBusMessage question = QDBusMessage::createMethodCall(portal, portalPath, settings, QStringLiteral("Read"));
    question << group << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, key] {
        watcher->deleteLater();
        const QDBusPendingReply<QVariant> reply = *watcher;
        if (!reply.isError())
            take(group, key, reply.value());
    });
#endif
}

#ifdef FLOW_HAS_DBUS
void DesktopSettings::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    take(group, key, value.variant());
}
#endif

void DesktopSettings::take(const QString &group, const QString &key, const QVariant &value)
{
    const QVariant plain = unwrapped(value);
    if (group == appearance && key == colorScheme) {
        // 0: no preference, 1: dark, 2: light
        const uint scheme = plain.toUInt();
        m_prefersDark = scheme == 0 ? std::nullopt : std::optional(scheme == 1);
    } else if (group == gnomeInterface && key == enableAnimations) {
        m_reducedMotion = !plain.toBool();
    } else {
        return;
    }
    Q_EMIT changed();
}

} // namespace flow
