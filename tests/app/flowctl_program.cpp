// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTcpSocket>

#include <csignal>

namespace {

constexpr int patience = 60000;

QStringList split(const char *words)
{
    return QString::fromUtf8(words).split(u' ');
}

} // namespace

QProcessEnvironment Flowctl::environment(const Variables &variables) const
{
    const QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment environment;
    for (const QString &name : all.keys()) {
        // What programs need to run at all, also with sanitizers.
        if (name == u"PATH" || name == u"LD_LIBRARY_PATH" || name == u"TMPDIR" || name.endsWith(u"SAN_OPTIONS"))
            environment.insert(name, all.value(name));
    }
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("HOME"), path(QStringLiteral("home")));
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    return environment;
}

Outcome Flowctl::run(const QStringList &arguments, const QByteArray &input, const Variables &variables) const
{
    return runAsTyped(arguments + QStringList{QStringLiteral("--data-dir"), dataDir()}, input, variables);
}

Outcome Flowctl::run(const char *words, const QByteArray &input) const
{
    return run(split(words), input);
}

Outcome Flowctl::runAsTyped(const QStringList &arguments, const QByteArray &input, const Variables &variables) const
{
    QProcess process;
    process.setProcessEnvironment(environment(variables));
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral(FLOWCTL), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

void Flowctl::start(QProcess &process, const QStringList &arguments, const Variables &variables) const
{
    process.setProcessEnvironment(environment(variables));
    process.setWorkingDirectory(m_folder.path());
    // Under nohup and in the background of a shell the tests ignore these signals, the program must not.
    process.setChildProcessModifier([] {
        for (const int number : {SIGHUP, SIGINT, SIGTERM})
            ::signal(number, SIG_DFL);
    });
    process.start(QStringLiteral(FLOWCTL), arguments + QStringList{QStringLiteral("--data-dir"), dataDir()});
}

QByteArray Flowctl::serve(QProcess &process, const QStringList &options, const Variables &variables) const
{
    start(process, QStringList{QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0")} + options,
          variables);
    if (!process.waitForReadyRead(patience))
        return {};
    const QByteArray line = process.readAllStandardOutput();
    return line.mid(line.lastIndexOf(':') + 1).trimmed();
}

QString Flowctl::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

QJsonObject dataOf(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object().value(QStringLiteral("data")).toObject();
}

QByteArray oneTask(const QByteArray &type, const QByteArray &config)
{
    return R"({"id":"one","name":"One","start_task":"only","tasks":[{"name":"only","type":")" + type +
           R"(","config":)" + config + "}]}";
}

bool waitForText(QProcess &process, QProcess::ProcessChannel channel, const QByteArray &text)
{
    process.setReadChannel(channel);
    QByteArray seen = process.readAll();
    while (!seen.contains(text)) {
        if (!process.waitForReadyRead(patience))
            return false;
        seen += process.readAll();
    }
    return true;
}

QByteArray httpStatus(const QByteArray &port, const QByteArray &line, const QByteArray &head, const QByteArray &address)
{
    QTcpSocket socket;
    socket.connectToHost(QString::fromLatin1(address), quint16(port.toUInt()));
    socket.write(line + " HTTP/1.1\r\nHost: " + address + ':' + port + "\r\n" + head + "\r\n");
    return socket.waitForReadyRead(patience) ? socket.readAll().mid(9, 3) : QByteArray();
}
