// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "aftermath.h"
#include "client_load.h"
#include "server_program.h"

#include <QTemporaryDir>

#include <random>

namespace flow::test {

/// A data folder whose programs are killed again and again. Main thread.
class Victim
{
public:
    Victim();

    /// What is wrong after the kill before; then executes flows, and kills at some moment. Now and then kills a program
    /// that has just been started.
    QString round(ServerProgram::Kind kind, std::mt19937 &random);
    /// Looks at everything once more, when what needs no person has come to its end.
    QString last();

    QString folder() const { return m_folder.path(); }
    void keepFolder() { m_folder.setAutoRemove(false); }
    /// Ends of executions and attempts that clients were told and that proved true.
    qsizetype kept() const { return m_kept; }
    int interrupted() const { return m_interrupted; }

private:
    QString dataDir() const { return m_folder.filePath(QStringLiteral("data")); }
    QString look(ServerProgram &server);
    QString makeFlows(quint16 port);
    QByteArray token() const;

    QTemporaryDir m_folder;
    QString m_effects;
    Aftermath m_aftermath;
    Told m_told;
    qsizetype m_kept = 0;
    int m_interrupted = 0;
};

} // namespace flow::test
