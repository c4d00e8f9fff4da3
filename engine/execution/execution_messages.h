// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"

#include <QString>

#include <chrono>

/// What people read when an execution ends for another reason than a task's own failure. Each names what was ended, the
/// limit and its value.
namespace flow::messages {

QString taskTimeLimit(const QString &task, std::chrono::nanoseconds limit);
/// `task`: what was running or would have been next.
QString flowTimeLimit(const QString &flow, std::chrono::nanoseconds limit, const QString &task);
QString stepLimit(const QString &flow, int limit, const QString &task);

QString cancelledBeforeStart(const QString &flow);
QString cancelledDuring(const QString &flow, const QString &task);
QString cancelledBetween(const QString &flow, const QString &task);
QString cancelledBefore(const QString &flow, const QString &nextTask);
QString attemptCancelled(const QString &task);
/// One of those, with the reason where it is not a person.
QString because(const QString &cancelled, CancelReason reason);

/// Why an execution waits for a person.
QString breakpointBefore(const QString &task);
QString breakpointAfter(const QString &condition);
QString breakpointFailed(const QString &place, const QString &error);
QString pausedByPerson(const QString &nextTask);
QString pausedByChild(const QString &task, const QString &reason);

QString startTaskUnknown(const QString &flow, const QString &task);
QString targetUnknown(const QString &condition, const QString &source, const QString &target);

QString failedWithoutReason(const QString &task);
QString badStatus(const QString &task, const QString &status);
QString typeNotRegistered(const QString &task, const QString &type);
QString badSettings(const QString &task, const QString &errors);
QString exceptionOfUnknownKind(const QString &task);
QString secretsNotFilledIn();
QString noSecretsHere(const QString &name);
QString secretsNotRecalled(const QString &reason);
QString notStored(const QString &error);

} // namespace flow::messages
