// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_keyring.h"
#include "support/flow_test.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <csignal>

#include <thread>

using namespace flow;

/// A keyring of its own, on a bus of its own: what whoever runs the test has in his is left alone.
class TestSecretKeyring : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void withoutOne();
    void keepsWhatIsSet();
    void fromSeveralThreads();
    void isGivenUpWhenCancelled();
    void cleanupTestCase();

private:
    void startKeyring();

    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

void TestSecretKeyring::initTestCase()
{
    if (!canUseKeyring())
        QSKIP("built without a keyring");
    for (const char *program : {"dbus-daemon", "gnome-keyring-daemon"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
            QSKIP("dbus-daemon and gnome-keyring are not installed");
    }
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("XDG_DATA_HOME", m_home.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_home.path().toUtf8());
    qputenv("XDG_CURRENT_DESKTOP", "GNOME");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
}

void TestSecretKeyring::withoutOne()
{
    const std::unique_ptr<SecretStore> secrets = openKeyring();
    QElapsedTimer time;
    time.start();
    for (const Error &error : {secrets->names().error(), secrets->secret(QStringLiteral("token"), {}).error(),
                               secrets->set(QStringLiteral("token"), QStringLiteral("hunter2")).error(),
                               secrets->remove(QStringLiteral("token")).error()}) {
        QVERIFY2(error.code == ErrorCode::Io, qPrintable(error.text()));
        QVERIFY(error.text().endsWith(QStringLiteral("; FLOW_SECRETS=file keeps secrets in a file instead")));
        QVERIFY(!error.text().contains(u"hunter"));
    }
    QVERIFY(time.elapsed() < 10'000);
    startKeyring();
}

void TestSecretKeyring::startKeyring()
{
    // A bus that starts nothing by itself, above all no keyring that nobody has unlocked.
    QFile config(m_home.filePath(QStringLiteral("bus.conf")));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<busconfig><type>session</type><listen>unix:tmpdir=" + m_home.path().toUtf8() +
                 R"(</listen><policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>)"
                 R"(<allow own="*"/></policy></busconfig>)");
    config.close();
    m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--config-file=") + config.fileName(),
                                                QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    QVERIFY(m_bus.waitForReadyRead(10'000));
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"), {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                                                             QStringLiteral("--components=secrets")});
    QVERIFY(m_keyring.waitForStarted());
    m_keyring.write("password of the tests");
    m_keyring.closeWriteChannel();
    // It answers before it has a keyring to keep anything in.
    QTRY_VERIFY_WITH_TIMEOUT(openKeyring()->set(QStringLiteral("trial"), QStringLiteral("value")).ok(), 10'000);
    QVERIFY(openKeyring()->remove(QStringLiteral("trial")));
}

void TestSecretKeyring::keepsWhatIsSet()
{
    const std::unique_ptr<SecretStore> secrets = openKeyring();
    QCOMPARE(secrets->names().value(), QStringList());
    const QString odd = QStringLiteral("  \"a\\b\"\n${input.x} größe \U0001F511\t");
    const Result<void> set = secrets->set(QStringLiteral("token"), QStringLiteral("first"));
    QVERIFY2(set, set ? "" : qPrintable(set.error().text()));
    QVERIFY(secrets->set(QStringLiteral("_Odd2"), odd));
    QVERIFY(secrets->set(QStringLiteral("token"), QStringLiteral("second")));
    QVERIFY(!secrets->set(QStringLiteral("short"), QStringLiteral("abc")));

    const std::unique_ptr<SecretStore> other = openKeyring();
    QCOMPARE(other->names().value(), (QStringList{QStringLiteral("_Odd2"), QStringLiteral("token")}));
    QCOMPARE(other->secret(QStringLiteral("token"), {}).value(), QStringLiteral("second"));
    QCOMPARE(other->secret(QStringLiteral("_Odd2"), {}).value(), odd);
    QVERIFY(other->remove(QStringLiteral("token")));
    QCOMPARE(secrets->names().value(), QStringList{QStringLiteral("_Odd2")});
    QVERIFY(secrets->secret(QStringLiteral("token"), {}).error().code == ErrorCode::NotFound);
    QVERIFY(secrets->remove(QStringLiteral("token")).error().code == ErrorCode::NotFound);
}

void TestSecretKeyring::fromSeveralThreads()
{
    const std::unique_ptr<SecretStore> secrets = openKeyring();
    const QString value(64 * 1024, u'x');
    QVERIFY(secrets->set(QStringLiteral("long"), value));
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int turn = 0; turn < 5; ++turn) {
                    const Result<QString> read = secrets->secret(QStringLiteral("long"), {});
                    good += read && *read == value;
                }
            });
        }
    }
    QCOMPARE(good.load(), 40);
}

void TestSecretKeyring::isGivenUpWhenCancelled()
{
    CancelSource source;
    source.cancel();
    QElapsedTimer time;
    time.start();
    const pid_t keyring = static_cast<pid_t>(m_keyring.processId());
    QVERIFY(keyring > 0);
    ::kill(keyring, SIGSTOP); // it does not answer
    const Result<QString> read = openKeyring()->secret(QStringLiteral("long"), source.token());
    ::kill(keyring, SIGCONT);
    QVERIFY(!read);
    QVERIFY2(read.error().code == ErrorCode::Cancelled, qPrintable(read.error().text()));
    QVERIFY(time.elapsed() < 1000);
    QCOMPARE(openKeyring()->secret(QStringLiteral("long"), {}).value().size(), 64 * 1024); // it goes on
}

void TestSecretKeyring::cleanupTestCase()
{
    std::signal(SIGTERM, SIG_IGN); // what the library does when the bus ends
    for (QProcess *process : {&m_keyring, &m_bus}) {
        process->kill();
        process->waitForFinished();
    }
}

QTEST_GUILESS_MAIN(TestSecretKeyring)
#include "tst_secret_keyring.moc"
