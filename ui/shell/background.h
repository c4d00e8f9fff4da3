// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/background_work.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>

/// How the GUI thread asks for what takes time: it never waits, it is called back.
namespace flow {

/// Calls `then` with the future's result on the thread of `context`, unless `context` has died or the future was
/// cancelled.
template <typename Value, typename Then>
void whenReady(const QFuture<Value> &future, QObject *context, Then then)
{
    // QFuture::then(context) of Qt 6.4 asserts when the context has died; a watcher simply dies with it.
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            then(watcher->result());
    });
    watcher->setFuture(future);
}

/// Threads for files and the like: many more than processors, because most of them only wait, and a read from a network
/// that is gone may wait for ever without keeping others from their turn, or the program from ending.
QThreadPool *backgroundPool();

/// Runs `work` (which returns a copyable value) on a thread of that pool, then `then` with its result; for what needs
/// no service.
template <typename Work, typename Then>
QFuture<std::invoke_result_t<Work>> inBackground(QObject *context, Work work, Then then)
{
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start(); // here, because nobody waits for a future that has not begun
    const QFuture<Value> future = promise->future();
    whenReady(future, context, std::move(then));
    backgroundPool()->start([promise, work = std::move(work)]() mutable { keepPromise(*promise, work); });
    return future;
}

} // namespace flow
