// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/recovery.h"
#include "shell/shell_context.h"
#include "shell/window_state.h"

namespace flow {

class OpenController;

/// What to open at the start.
struct StartWishes
{
    QStringList files;
    bool sample = false; ///< the example, if nothing else is open then
};

/// Opens what belongs on the screen at the start: what a crash left unsaved (after a question), what was open at the
/// last end, the files named on the command line. GUI thread.
class SessionStart : public QObject
{
    Q_OBJECT

public:
    SessionStart(const ShellContext &context, OpenController *opener, WindowState *state, Recovery *recovery,
                 QObject *parent = nullptr);

    void start(const StartWishes &wishes);

Q_SIGNALS:
    void finished(); ///< from here on what is open is remembered

private:
    void tellUnreadable(const RecoveryFinds &left);
    void askAboutRecovered(const QList<RecoveredFlow> &flows);
    void forget(const QList<RecoveredFlow> &flows);
    void reopen();
    void openRest(FlowTab *current);

    ShellContext m_context;
    OpenController *m_opener;
    WindowState *m_state;
    Recovery *m_recovery;
    StartWishes m_wishes;
};

} // namespace flow
