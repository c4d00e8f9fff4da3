// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "look/look.h"
#include "model/breakpoint.h"

#include <QJsonObject>
#include <QSettings>

class QMainWindow;

namespace flow {

class DocumentTabs;

/// What a window remembers until the next start, in `window.ini` of the data folder: its place, its docks, what is
/// open, the theme, files opened lately, the last input and the breakpoints of each flow. GUI thread.
class WindowState
{
public:
    /// One open tab.
    struct OpenFlow
    {
        DocumentHome home;
        FlowId id; ///< for the library
        bool isCurrent = false;
    };

    explicit WindowState(const QString &dataDir);

    void saveWindow(const QMainWindow &window);
    /// False at the first start.
    bool restoreWindow(QMainWindow &window) const;

    void saveTabs(const DocumentTabs &tabs);
    QList<OpenFlow> openTabs() const;

    Look::Mode theme() const;
    void setTheme(Look::Mode mode);

    QStringList recentFiles() const; ///< the last first
    void addRecentFile(const QString &path);
    void removeRecentFile(const QString &path);

    QJsonObject lastInput(const FlowId &flow) const;
    void setLastInput(const FlowId &flow, const QJsonObject &input);

    QList<Breakpoint> breakpoints(const FlowId &flow) const;
    void setBreakpoints(const FlowId &flow, const QList<Breakpoint> &breakpoints);

private:
    mutable QSettings m_settings;
};

} // namespace flow
