// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

/// What a program did that has ended.
struct Outcome
{
    int code = -1; ///< -1: it did not end by itself
    QString out;
    QString err;
};

/// flowctl with a data folder of its own, in a working directory of its own, in which a file can be written. Nothing of
/// the surroundings reaches it: neither variables nor the settings of whoever runs the tests.
class Flowctl
{
public:
    using Variables = QMap<QString, QString>;

    Outcome run(const QStringList &arguments, const QByteArray &input = {}, const Variables &variables = {}) const;
    /// As in `run`, the words between spaces.
    Outcome run(const char *words, const QByteArray &input = {}) const;
    /// Without a word added: no --data-dir.
    Outcome runAsTyped(const QStringList &arguments, const QByteArray &input = {},
                       const Variables &variables = {}) const;
    void start(QProcess &process, const QStringList &arguments, const Variables &variables = {}) const;
    /// Starts `serve` on a free port with these options and returns the port; empty when it does not listen.
    QByteArray serve(QProcess &process, const QStringList &options = {}, const Variables &variables = {}) const;

    QString write(const QString &name, const QByteArray &text) const;
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString dataDir() const { return path(QStringLiteral("data")); }
    QProcessEnvironment environment(const Variables &variables = {}) const;

private:
    QTemporaryDir m_folder;
};

/// The `data` of a JSON reply.
QJsonObject dataOf(const QString &json);
/// A flow named "one" with one task.
QByteArray oneTask(const QByteArray &type, const QByteArray &config = "{}");
/// Reads one channel until `text` has come.
bool waitForText(QProcess &process, QProcess::ProcessChannel channel, const QByteArray &text);
/// The status of the reply to a request on a connection of its own; empty without a reply. `head` holds more header
/// lines.
QByteArray httpStatus(const QByteArray &port, const QByteArray &line, const QByteArray &head = {},
                      const QByteArray &address = "127.0.0.1");
