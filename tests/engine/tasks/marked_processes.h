// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QUuid>

namespace flow::test {

/// Marks what a test starts with a variable in its environment, which children inherit wherever they go, and finds it
/// in the whole system.
class MarkedProcesses
{
public:
    static QString variable() { return QStringLiteral("FLOW_TEST_MARK"); }
    QString value() const { return m_value; }

    /// Numbers of the marked processes that are alive.
    QStringList alive() const
    {
        const QByteArray mark = (variable() + u'=' + m_value).toUtf8();
        QStringList found;
        for (const QString &process : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs)) {
            QFile environment(QStringLiteral("/proc/%1/environ").arg(process));
            if (environment.open(QIODevice::ReadOnly) && environment.readAll().split('\0').contains(mark))
                found << process;
        }
        return found;
    }

private:
    QString m_value = QUuid::createUuid().toString(QUuid::WithoutBraces);
};

} // namespace flow::test
