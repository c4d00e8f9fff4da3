// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/window_state.h"

#include "base/json.h"
#include "shell/document_tabs.h"

#include <QFile>
#include <QMainWindow>
#include <QUrl>

namespace flow {

namespace {

/// Grows when docks are added or renamed, so that an old state is not forced upon them.
constexpr int layoutVersion = 1;
constexpr int maxRecent = 10;

const QString libraryKind = QStringLiteral("library");
const QString fileKind = QStringLiteral("file");

QString inputKey(const FlowId &flow)
{
    return QStringLiteral("inputs/") + QString::fromLatin1(QUrl::toPercentEncoding(flow));
}

QString breakpointsKey(const FlowId &flow)
{
    return QStringLiteral("breakpoints/") + QString::fromLatin1(QUrl::toPercentEncoding(flow));
}

/// The path of the settings; the file exists from here on and is its owner's only.
QString privateFile(const QString &path)
{
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::NewOnly | QIODevice::WriteOnly))
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return path;
}

} // namespace

WindowState::WindowState(const QString &dataDir)
    : m_settings(privateFile(dataDir + QStringLiteral("/window.ini")), QSettings::IniFormat)
{
}

void WindowState::saveWindow(const QMainWindow &window)
{
    m_settings.setValue(QStringLiteral("window/geometry"), window.saveGeometry());
    m_settings.setValue(QStringLiteral("window/layout"), window.saveState(layoutVersion));
    m_settings.sync();
}

bool WindowState::restoreWindow(QMainWindow &window) const
{
    const bool placed = window.restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray());
    const bool docked =
        window.restoreState(m_settings.value(QStringLiteral("window/layout")).toByteArray(), layoutVersion);
    return placed && docked;
}

void WindowState::saveTabs(const DocumentTabs &tabs)
{
    m_settings.remove(QStringLiteral("tabs"));
    m_settings.beginWriteArray(QStringLiteral("tabs"));
    int row = 0;
    for (const FlowTab *tab : tabs.all()) {
        const DocumentHome &home = tab->document()->home();
        if (tab->document()->isReadOnly() || home.kind == DocumentHome::Kind::None)
            continue;
        const bool library = home.kind == DocumentHome::Kind::Library;
        m_settings.setArrayIndex(row++);
        m_settings.setValue(QStringLiteral("kind"), library ? libraryKind : fileKind);
        m_settings.setValue(QStringLiteral("where"), library ? tab->document()->flow().id : home.filePath);
        m_settings.setValue(QStringLiteral("current"), tab == tabs.current());
    }
    m_settings.endArray();
    m_settings.sync();
}

QList<WindowState::OpenFlow> WindowState::openTabs() const
{
    QList<OpenFlow> tabs;
    const int count = m_settings.beginReadArray(QStringLiteral("tabs"));
    for (int row = 0; row < count; ++row) {
        m_settings.setArrayIndex(row);
        const QString where = m_settings.value(QStringLiteral("where")).toString();
        OpenFlow flow;
        if (m_settings.value(QStringLiteral("kind")).toString() == libraryKind) {
            flow.home.kind = DocumentHome::Kind::Library;
            flow.id = where;
        } else {
            flow.home = {DocumentHome::Kind::File, where};
        }
        flow.isCurrent = m_settings.value(QStringLiteral("current")).toBool();
        if (!where.isEmpty())
            tabs.append(flow);
    }
    m_settings.endArray();
    return tabs;
}

Look::Mode WindowState::theme() const
{
    const QString word = m_settings.value(QStringLiteral("window/theme")).toString();
    return word == QStringLiteral("light")  ? Look::Mode::Light
           : word == QStringLiteral("dark") ? Look::Mode::Dark
                                            : Look::Mode::System;
}

void WindowState::setTheme(Look::Mode mode)
{
    m_settings.setValue(QStringLiteral("window/theme"), mode == Look::Mode::Light  ? QStringLiteral("light")
                                                        : mode == Look::Mode::Dark ? QStringLiteral("dark")
                                                                                   : QStringLiteral("system"));
}

QStringList WindowState::recentFiles() const
{
    return m_settings.value(QStringLiteral("files/recent")).toStringList();
}

void WindowState::addRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    m_settings.setValue(QStringLiteral("files/recent"), QStringList(files.mid(0, maxRecent)));
}

void WindowState::removeRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    m_settings.setValue(QStringLiteral("files/recent"), files);
}

QJsonObject WindowState::lastInput(const FlowId &flow) const
{
    return json::parse(m_settings.value(inputKey(flow)).toByteArray()).value.toObject();
}

void WindowState::setLastInput(const FlowId &flow, const QJsonObject &input)
{
    m_settings.setValue(inputKey(flow), json::writeCompact(input));
}

QList<Breakpoint> WindowState::breakpoints(const FlowId &flow) const
{
    const QJsonValue list = json::parse(m_settings.value(breakpointsKey(flow)).toByteArray()).value;
    const Result<QList<Breakpoint>> read = breakpointsFromJson(list.toArray(), FieldPath());
    return read ? *read : QList<Breakpoint>();
}

void WindowState::setBreakpoints(const FlowId &flow, const QList<Breakpoint> &breakpoints)
{
    if (breakpoints.isEmpty())
        m_settings.remove(breakpointsKey(flow));
    else
        m_settings.setValue(breakpointsKey(flow), json::writeCompact(toJson(breakpoints)));
}

} // namespace flow
