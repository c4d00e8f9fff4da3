// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secret_file.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <thread>

using namespace flow;

class TestSecretFile : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsSet();
    void isPrivate();
    void unknown();
    void refusedSecrets_data();
    void refusedSecrets();
    void refusedFiles_data();
    void refusedFiles();
    void changesFromSeveralProgramsAllCount();
    void cannotBeWritten();
};

void TestSecretFile::keepsWhatIsSet()
{
    const QTemporaryDir folder;
    SecretFile secrets(folder.path());
    QCOMPARE(secrets.names().value(), QStringList());
    const QString odd = QStringLiteral("  \"a\\b\"\n${input.x} größe \U0001F511\t");
    QVERIFY(secrets.set(QStringLiteral("token"), QStringLiteral("first")));
    QVERIFY(secrets.set(QStringLiteral("_Odd2"), odd));
    QVERIFY(secrets.set(QStringLiteral("token"), QStringLiteral("second")));

    SecretFile other(folder.path());
    QCOMPARE(other.names().value(), (QStringList{QStringLiteral("_Odd2"), QStringLiteral("token")}));
    QCOMPARE(other.secret(QStringLiteral("token")).value(), QStringLiteral("second"));
    QCOMPARE(other.secret(QStringLiteral("_Odd2")).value(), odd);
    QVERIFY(other.remove(QStringLiteral("token")));
    QCOMPARE(secrets.names().value(), QStringList{QStringLiteral("_Odd2")});
}

void TestSecretFile::isPrivate()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(QStringLiteral("new/data"));
    SecretFile secrets(folder);
    const QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    for (const char *value : {"first", "second"}) { // made, and replaced
        QVERIFY(secrets.set(QStringLiteral("token"), QString::fromLatin1(value)));
        QCOMPARE(QFileInfo(secrets.place()).permissions(), owner);
    }
    QCOMPARE(QFileInfo(folder).permissions(), owner | QFile::ExeOwner | QFile::ExeUser);
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("secrets")});
}

void TestSecretFile::unknown()
{
    const QTemporaryDir folder;
    SecretFile secrets(folder.path());
    for (const Error &error :
         {secrets.secret(QStringLiteral("token")).error(), secrets.remove(QStringLiteral("token")).error()}) {
        QVERIFY(error.code == ErrorCode::NotFound);
        QCOMPARE(error.text(), QStringLiteral("there is no secret 'token'; add it with: flowctl secrets set token"));
    }
}

void TestSecretFile::refusedSecrets_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<ErrorCode>("code");

    const QString good = QStringLiteral("hunter2");
    const QString name = QStringLiteral("token");
    QTest::newRow("no name") << QString() << good << ErrorCode::NotAllowed;
    QTest::newRow("digit first") << QStringLiteral("1a") << good << ErrorCode::NotAllowed;
    QTest::newRow("dash") << QStringLiteral("a-b") << good << ErrorCode::NotAllowed;
    QTest::newRow("other letters") << QStringLiteral("größe") << good << ErrorCode::NotAllowed;
    QTest::newRow("line end") << QStringLiteral("a\n") << good << ErrorCode::NotAllowed;
    QTest::newRow("long name") << QString(101, u'a') << good << ErrorCode::NotAllowed;
    QTest::newRow("empty") << name << QString() << ErrorCode::BadLength;
    QTest::newRow("short") << name << QStringLiteral("abc") << ErrorCode::BadLength;
    QTest::newRow("short between spaces") << name << QStringLiteral("  abc  \n") << ErrorCode::BadLength;
    QTest::newRow("long") << name << QString(64 * 1024 + 1, u'x') << ErrorCode::BadLength;
    QTest::newRow("long in UTF-8") << name << QString(32 * 1024 + 1, u'é') << ErrorCode::BadLength;
    QTest::newRow("character 0") << name << good + QChar::Null << ErrorCode::NotAllowed;
    QTest::newRow("half a character") << name << good + QChar(0xd800) << ErrorCode::NotAllowed;
}

void TestSecretFile::refusedSecrets()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(ErrorCode, code);
    const QTemporaryDir folder;
    SecretFile secrets(folder.path());
    const Result<void> set = secrets.set(name, value);
    QVERIFY(!set);
    QVERIFY(set.error().code == code);
    QVERIFY(value.isEmpty() || !set.error().text().contains(value));
    QVERIFY(!QFileInfo::exists(secrets.place()));
    QVERIFY(secrets.set(QString(100, u'a'), QString(64 * 1024, u'x'))); // these are not
}

void TestSecretFile::refusedFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("mode");
    QTest::addColumn<ErrorCode>("code");

    const QByteArray good = R"({"token": "hunter2"})";
    const int owner = QFile::ReadOwner | QFile::WriteOwner;
    QTest::newRow("empty") << QByteArray() << owner << ErrorCode::Corrupt;
    QTest::newRow("no JSON") << QByteArray("token=hunter2") << owner << ErrorCode::Corrupt;
    QTest::newRow("a list") << QByteArray(R"(["hunter2"])") << owner << ErrorCode::Corrupt;
    QTest::newRow("no text") << QByteArray(R"({"token": 5})") << owner << ErrorCode::Corrupt;
    QTest::newRow("a name twice") << QByteArray(R"({"a": "hunter2", "a": "hunter3"})") << owner << ErrorCode::Corrupt;
    QTest::newRow("the group may read it") << good << (owner | QFile::ReadGroup) << ErrorCode::NotAllowed;
    QTest::newRow("everybody may read it") << good << (owner | QFile::ReadOther) << ErrorCode::NotAllowed;
    QTest::newRow("everybody may write it") << good << (owner | QFile::WriteOther) << ErrorCode::NotAllowed;
}

void TestSecretFile::refusedFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, mode);
    QFETCH(ErrorCode, code);
    const QTemporaryDir folder;
    SecretFile secrets(folder.path());
    QFile file(secrets.place());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QVERIFY(file.setPermissions(QFile::Permissions(mode)));
    for (const Error &error : {secrets.secret(QStringLiteral("token")).error(), secrets.names().error(),
                               secrets.set(QStringLiteral("b"), QStringLiteral("value")).error(),
                               secrets.remove(QStringLiteral("a")).error()}) {
        QVERIFY(error.code == code);
        QCOMPARE(error.file, file.fileName());
        QVERIFY(!error.text().contains(u"hunter"));
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestSecretFile::changesFromSeveralProgramsAllCount()
{
    const QTemporaryDir folder;
    {
        std::vector<std::jthread> threads;
        for (int program = 0; program < 8; ++program) {
            threads.emplace_back([&folder, program] {
                SecretFile secrets(folder.path());
                for (int i = 0; i < 5; ++i)
                    (void)secrets.set(QStringLiteral("s%1_%2").arg(program).arg(i), QStringLiteral("value"));
            });
        }
    }
    QCOMPARE(SecretFile(folder.path()).names().value().size(), 40);
}

void TestSecretFile::cannotBeWritten()
{
    const QTemporaryDir folder;
    SecretFile secrets(folder.path());
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("secrets")));
    const Result<void> set = secrets.set(QStringLiteral("token"), QStringLiteral("hunter2"));
    QVERIFY(!set);
    QVERIFY(!set.error().text().contains(u"hunter"));
}

QTEST_GUILESS_MAIN(TestSecretFile)
#include "tst_secret_file.moc"
