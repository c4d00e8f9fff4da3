// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace flow {

/// A program to start. A value. What `environment` and `input` hold is told to nobody but the program: no error text
/// contains it.
struct ChildCommand
{
    QString program;                    ///< a path, from `folder` where it is relative; or a name to look up in PATH
    QStringList arguments;              ///< reach the program as they are: there is no shell
    QMap<QString, QString> environment; ///< added to our own
    QString folder;                     ///< where it works; empty: where we do
    QByteArray input;                   ///< what it reads from its standard input; empty: nothing
};

/// How a program ended.
struct ChildEnd
{
    enum class How {
        Exited,
        Signalled,
        Stopped, ///< by us, because we were cancelled
    };

    How how = How::Exited;
    int code = 0; ///< exit code or signal number
    /// False when the system had not yet ended every process that it left, such as one that waits for a dead network
    /// drive or runs as another user. They are signalled on until they are gone.
    bool allGone = true;
};

/// A program and all that it starts. Belongs to the thread that started it, which needs no event loop; several threads
/// may have one each.
///
/// After wait() no process that the program started is alive, however it ended and wherever they went (other groups,
/// other sessions); and none survives us either, however we end.
class ChildProcess
{
public:
    /// Gets what the program writes, as it comes, in pieces of at most 64 KiB.
    using Reader = std::function<void(QByteArrayView bytes)>;

    /// Fails, naming program and reason, when there is nothing to run.
    static Result<ChildProcess> start(const ChildCommand &command);

    ChildProcess(ChildProcess &&other) noexcept;
    ~ChildProcess(); ///< kills what is still running

    /// All processes that the program starts are descendants of this one. Itself it is none of them: it guards them.
    qint64 rootProcessId() const;

    /// Reads until the program has ended; to be called once. When `cancel` trips, the program's process group gets a
    /// SIGTERM, what is left after 100 ms a SIGKILL, and wait() returns within 180 ms whatever happens; it usually
    /// takes as long as the program takes to end. An error says that the program could not be executed after all.
    Result<ChildEnd> wait(const Reader &output, const Reader &errors, const CancelToken &cancel);

private:
    struct Private;
    explicit ChildProcess(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// `9 (SIGKILL)`
QString signalText(int number);

} // namespace flow
