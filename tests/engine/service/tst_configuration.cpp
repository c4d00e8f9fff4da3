// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/configuration.h"
#include "support/flow_test.h"

#include <QDir>
#include <QTemporaryDir>

using namespace flow;

/// Text for each source; null: the source says nothing.
struct Sources
{
    const char *commandLine = nullptr;
    const char *environment = nullptr;
    const char *envFile = nullptr;
    const char *settings = nullptr;
};
Q_DECLARE_METATYPE(Sources)

class TestConfiguration : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void strongestSourceWins_data();
    void strongestSourceWins();
    void namesOfTheReference_data();
    void namesOfTheReference();
    void ownNameWinsWithinASource();
    void badValueNamesItsSource_data();
    void badValueNamesItsSource();
    void defaults();
    void pathsBecomeAbsolute();
    void envFileOfTheWorkingDirectory();
    void namedEnvFileMustExist();
    void brokenEnvFileNamesTheLine();
    void unknownNames_data();
    void unknownNames();

private:
    /// Sources without anything of the machine the test runs on.
    ConfigurationSources isolated() const;
    QString write(const QString &name, const QByteArray &text) const;

    QTemporaryDir m_folder;
};

ConfigurationSources TestConfiguration::isolated() const
{
    return {.envFile = write(QStringLiteral("empty.env"), {}),
            .settingsFile = m_folder.filePath(QStringLiteral("none.ini"))};
}

QString TestConfiguration::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void TestConfiguration::strongestSourceWins_data()
{
    QTest::addColumn<Sources>("given");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("origin"); // its end

    QTest::newRow("nothing") << Sources{} << 5001 << QStringLiteral("default");
    QTest::newRow("settings") << Sources{.settings = "1004"} << 1004 << QStringLiteral("given.ini: server/port");
    QTest::newRow("env file over settings")
        << Sources{.envFile = "1003", .settings = "1004"} << 1003 << QStringLiteral("given.env: FLOW_PORT");
    QTest::newRow("environment over env file") << Sources{.environment = "1002", .envFile = "1003", .settings = "1004"}
                                               << 1002 << QStringLiteral("environment variable FLOW_PORT");
    QTest::newRow("command line over everything")
        << Sources{.commandLine = "1001", .environment = "1002", .envFile = "1003", .settings = "1004"} << 1001
        << QStringLiteral("option --port");
    QTest::newRow("an empty variable says nothing")
        << Sources{.environment = "", .settings = "1004"} << 1004 << QStringLiteral("given.ini: server/port");
    QTest::newRow("command line over settings")
        << Sources{.commandLine = "1001", .settings = "1004"} << 1001 << QStringLiteral("option --port");
}

void TestConfiguration::strongestSourceWins()
{
    QFETCH(Sources, given);
    QFETCH(int, port);
    QFETCH(QString, origin);

    ConfigurationSources sources = isolated();
    if (given.commandLine)
        sources.commandLine.insert(QStringLiteral("--port"), QString::fromLatin1(given.commandLine));
    if (given.environment)
        sources.environment.insert(QStringLiteral("FLOW_PORT"), QString::fromLatin1(given.environment));
    if (given.envFile)
        sources.envFile = write(QStringLiteral("given.env"), QByteArray("FLOW_PORT=") + given.envFile + '\n');
    if (given.settings)
        sources.settingsFile =
            write(QStringLiteral("given.ini"), QByteArray("[server]\nport=") + given.settings + '\n');
    const Result<Configuration> read = readConfiguration(sources);
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(int(read->settings.port), port);
    QVERIFY2(read->origins.value(QStringLiteral("FLOW_PORT")).endsWith(origin),
             qPrintable(read->origins.value(QStringLiteral("FLOW_PORT"))));
}

void TestConfiguration::namesOfTheReference_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("seen");

    const auto row = [](const char *name, const char *value, const char *seen) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(value) << QString::fromLatin1(seen);
    };
    row("FLOW_DATA_DIR", "/data/flows/", "/data/flows");
    row("DATABASE_URL", "sqlite:////data/other.db", "sqlite:////data/other.db");
    row("DATABASE_URL", "postgresql://me:secret@host/flows", "postgresql://me:secret@host/flows");
    row("LOG_LEVEL", "WARNING", "warning");
    row("LOG_FILE", "/var/log/flow.log", "/var/log/flow.log");
    row("FLOW_SECRETS", "FILE", "1");
    row("MAX_FLOW_EXECUTION_TIME", "90", "90000");
    row("TASK_TIMEOUT", "1.5", "1500");
    row("FLASK_HOST", "0.0.0.0", "0.0.0.0");
    row("FLASK_PORT", "8000", "8000");
    row("FLOW_HOST", "::1", "::1");
    row("FLOW_PORT", "0", "0");
    row("FLOW_STEP_LIMIT", "7", "7");
    row("FLOW_EXECUTION_THREADS", "256", "256");
}

void TestConfiguration::namesOfTheReference()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, seen);

    ConfigurationSources sources = isolated();
    sources.environment.insert(name, value);
    const Result<Configuration> read = readConfiguration(sources);
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    const ServiceSettings &s = read->settings;
    const auto milliseconds = [](std::chrono::nanoseconds time) { return QString::number(time.count() / 1'000'000); };
    const QMap<QString, QString> all{
        {QStringLiteral("FLOW_DATA_DIR"), s.dataDir},
        {QStringLiteral("DATABASE_URL"), s.databaseUrl},
        {QStringLiteral("LOG_LEVEL"), s.logLevel},
        {QStringLiteral("LOG_FILE"), s.logFile},
        {QStringLiteral("FLOW_SECRETS"), QString::number(int(s.secrets))},
        {QStringLiteral("MAX_FLOW_EXECUTION_TIME"), milliseconds(s.flowTimeLimit)},
        {QStringLiteral("TASK_TIMEOUT"), milliseconds(s.taskTimeLimit)},
        {QStringLiteral("FLASK_HOST"), s.host},
        {QStringLiteral("FLASK_PORT"), QString::number(s.port)},
        {QStringLiteral("FLOW_HOST"), s.host},
        {QStringLiteral("FLOW_PORT"), QString::number(s.port)},
        {QStringLiteral("FLOW_STEP_LIMIT"), QString::number(s.stepLimit)},
        {QStringLiteral("FLOW_EXECUTION_THREADS"), QString::number(s.executionThreads)},
    };
    QCOMPARE(all.value(name), seen);
}

void TestConfiguration::ownNameWinsWithinASource()
{
    ConfigurationSources sources = isolated();
    sources.environment = {{QStringLiteral("FLASK_PORT"), QStringLiteral("8000")},
                           {QStringLiteral("FLOW_PORT"), QStringLiteral("9000")}};
    QCOMPARE(int(readConfiguration(sources)->settings.port), 9000);
    sources.environment.remove(QStringLiteral("FLOW_PORT"));
    sources.envFile = write(QStringLiteral("weak.env"), "FLOW_PORT=9000\n");
    QCOMPARE(int(readConfiguration(sources)->settings.port), 8000); // the stronger source, whatever the name
}

void TestConfiguration::badValueNamesItsSource_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");

    const auto row = [](const char *title, const char *name, const char *value, const char *text) {
        QTest::newRow(title) << QString::fromLatin1(name) << QString::fromLatin1(value) << QString::fromLatin1(text);
    };
    row("port is text", "FLOW_PORT", "x",
        "environment variable FLOW_PORT = \"x\": must be a whole number from 0 to 65535");
    row("port too large", "FLASK_PORT", "65536",
        "environment variable FLASK_PORT = \"65536\": must be a whole number from 0 to 65535");
    row("port has a fraction", "FLOW_PORT", "1.5",
        "environment variable FLOW_PORT = \"1.5\": must be a whole number from 0 to 65535");
    row("time below zero", "TASK_TIMEOUT", "-1",
        "environment variable TASK_TIMEOUT = \"-1\": must be a number of seconds from 0.001 to 31536000");
    row("time is no number", "TASK_TIMEOUT", "nan",
        "environment variable TASK_TIMEOUT = \"nan\": must be a number of seconds from 0.001 to 31536000");
    row("unknown level", "LOG_LEVEL", "loud",
        "environment variable LOG_LEVEL = \"loud\": must be one of: debug, info, warning, error");
    row("secrets elsewhere", "FLOW_SECRETS", "cloud",
        "environment variable FLOW_SECRETS = \"cloud\": must be one of: auto, file, keyring");
    row("other database", "DATABASE_URL", "mysql://host/db",
        "environment variable DATABASE_URL: \"mysql:...\": The address of the database must be sqlite:///file.db "
        "(below the working directory), sqlite:////folder/file.db (from the root) or "
        "postgresql://user:password@host:port/name");
    row("server without database", "DATABASE_URL", "postgresql://me:secret@host",
        "environment variable DATABASE_URL: The address of the database must end with the name of one database, such "
        "as postgresql://host/flows");
    row("no threads", "FLOW_EXECUTION_THREADS", "0",
        "environment variable FLOW_EXECUTION_THREADS = \"0\": must be a whole number from 1 to 256");
}

void TestConfiguration::badValueNamesItsSource()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, text);
    ConfigurationSources sources = isolated();
    sources.environment.insert(name, value);
    const Result<Configuration> read = readConfiguration(sources);
    QVERIFY(!read);
    QCOMPARE(read.error().text(), text);
}

void TestConfiguration::defaults()
{
    const Result<Configuration> read = readConfiguration(isolated());
    QVERIFY(read);
    QCOMPARE(read->settings.dataDir, defaultDataDir());
    QVERIFY(defaultDataDir().endsWith(QStringLiteral("/flow-manager")));
    QCOMPARE(read->settings.host, QStringLiteral("127.0.0.1"));
    QCOMPARE(read->settings.taskTimeLimit, std::chrono::seconds(300));
    QCOMPARE(read->settings.flowTimeLimit, std::chrono::seconds(3600));
    QCOMPARE(read->settings.stepLimit, 10'000);
    QCOMPARE(read->settings.executionThreads, 8);
}

void TestConfiguration::pathsBecomeAbsolute()
{
    ConfigurationSources sources = isolated();
    sources.commandLine.insert(QStringLiteral("--data-dir"), QStringLiteral("some/../data"));
    QCOMPARE(readConfiguration(sources)->settings.dataDir, QDir::current().filePath(QStringLiteral("data")));
}

void TestConfiguration::envFileOfTheWorkingDirectory()
{
    const QString before = QDir::currentPath();
    const QTemporaryDir folder;
    ConfigurationSources sources = isolated();
    sources.envFile = QString();
    QVERIFY(QDir::setCurrent(folder.path()));
    QCOMPARE(int(readConfiguration(sources)->settings.port), 5001); // no .env is fine
    QFile file(QStringLiteral(".env"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("SECRET_KEY=of somebody else\nFLASK_PORT=7000\n");
    file.close();
    QCOMPARE(int(readConfiguration(sources)->settings.port), 7000);
    QVERIFY(QDir::setCurrent(before));
}

void TestConfiguration::namedEnvFileMustExist()
{
    ConfigurationSources sources = isolated();
    sources.envFile = m_folder.filePath(QStringLiteral("nowhere.env"));
    const Result<Configuration> read = readConfiguration(sources);
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::Io);
    QCOMPARE(read.error().file, sources.envFile);
}

void TestConfiguration::brokenEnvFileNamesTheLine()
{
    ConfigurationSources sources = isolated();
    sources.envFile = write(QStringLiteral("broken.env"), "A=1\n\nthis is no assignment\n");
    const Result<Configuration> read = readConfiguration(sources);
    QVERIFY(!read);
    QCOMPARE(read.error().text(),
             sources.envFile + QStringLiteral(":3: expected NAME=value, a comment or an empty line"));
}

void TestConfiguration::unknownNames_data()
{
    QTest::addColumn<QByteArray>("envFile");
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("warnings"); ///< without the folder

    const auto row = [](const char *name, const char *envFile, const char *settings, const char *warnings = "") {
        QTest::newRow(name) << QByteArray(envFile) << QByteArray(settings) << QString::fromUtf8(warnings);
    };
    row("all known", "FLASK_PORT=1\nFLOW_KEEP_DAYS=1\n", "[server]\nport=1\n[limits]\nsteps=5\n");
    row("other programs", "FLASK_ENV=x\nFLASK_RUN_PORT=1\nDATABASE_USER=me\nSECRET_KEY=x\nPORT=1\nOVERFLOW_X=1\n", "");
    row("misspelt variable", "FLOW_PROT=70000\n", "",
        "my.env: FLOW_PROT: is no setting and has no effect; did you mean FLOW_PORT?");
    row("ours by its beginning", "FLOW_COLOUR=red\nMAX_FLOW_EXECUTION_TIMEOUT=1\n", "",
        "my.env: FLOW_COLOUR: is no setting and has no effect\n"
        "my.env: MAX_FLOW_EXECUTION_TIMEOUT: is no setting and has no effect; did you mean MAX_FLOW_EXECUTION_TIME?");
    row("one letter away", "DATABASE_URI=x\nTASK_TIMOUT=x\nflow_port=1\n", "",
        "my.env: DATABASE_URI: is no setting and has no effect; did you mean DATABASE_URL?\n"
        "my.env: TASK_TIMOUT: is no setting and has no effect; did you mean TASK_TIMEOUT?\n"
        "my.env: flow_port: is no setting and has no effect; did you mean FLOW_PORT?");
    row("misspelt setting", "", "[server]\nprot=70000\n[window]\ncolour=red\n",
        "my.ini: server/prot: is no setting and has no effect; did you mean server/port?\n"
        "my.ini: window/colour: is no setting and has no effect");
    row("in the wrong group", "", "steps=5\n[limits]\nport=1\n",
        "my.ini: limits/port: is no setting and has no effect; did you mean server/port?\n"
        "my.ini: steps: is no setting and has no effect; did you mean limits/steps?");
    row("a variable among the settings", "", "FLOW_KEEP_DAYS=1\n",
        "my.ini: FLOW_KEEP_DAYS: is no setting and has no effect; did you mean history/days?");
}

void TestConfiguration::unknownNames()
{
    QFETCH(QByteArray, envFile);
    QFETCH(QByteArray, settings);
    ConfigurationSources sources = isolated();
    sources.envFile = write(QStringLiteral("my.env"), envFile);
    sources.settingsFile = write(QStringLiteral("my.ini"), settings);
    const Result<Configuration> read = readConfiguration(sources);
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QTEST(read->warnings.join(u'\n').remove(m_folder.path() + u'/'), "warnings");
}

QTEST_GUILESS_MAIN(TestConfiguration)
#include "tst_configuration.moc"
