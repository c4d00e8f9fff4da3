// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariant>
#ifdef FLOW_HAS_DBUS
#include <QDBusVariant>
#endif

#include <optional>

namespace flow {

/// What the desktop says about appearance, asked from its portal over D-Bus without ever waiting. Says nothing where
/// there is no bus or no portal. GUI thread.
class DesktopSettings : public QObject
{
    Q_OBJECT

public:
    explicit DesktopSettings(QObject *parent = nullptr);

    std::optional<bool> prefersDark() const { return m_prefersDark; }
    bool reducedMotion() const { return m_reducedMotion; }

Q_SIGNALS:
    void changed();

private:
#ifdef FLOW_HAS_DBUS
    Q_SLOT void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);
#endif
    void ask(const QString &group, const QString &key);
    void take(const QString &group, const QString &key, const QVariant &value);

    std::optional<bool> m_prefersDark;
    bool m_reducedMotion = false;
};

} // namespace flow
