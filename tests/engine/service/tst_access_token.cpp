// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/access_token.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <thread>

using namespace flow;

class TestAccessToken : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeOnce();
    void isPrivate();
    void programsThatStartAtOnceAgree();
    void refused_data();
    void refused();
    void folderThatCannotBeMade();
};

void TestAccessToken::isMadeOnce()
{
    const QTemporaryDir one;
    const QTemporaryDir other;
    const Result<QByteArray> first = accessToken(one.path());
    QVERIFY2(first, first ? "" : qPrintable(first.error().text()));
    QCOMPARE(first->size(), 64);
    QCOMPARE(accessToken(one.path()).value(), *first);
    QVERIFY(accessToken(other.path()).value() != *first);
}

void TestAccessToken::isPrivate()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(QStringLiteral("new/data"));
    QVERIFY(accessToken(folder));
    const QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QCOMPARE(QFileInfo(accessTokenFile(folder)).permissions(), owner);
    QCOMPARE(QFileInfo(folder).permissions(), owner | QFile::ExeOwner | QFile::ExeUser);
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden),
             QStringList{QStringLiteral("token")}); // nothing left over
}

void TestAccessToken::programsThatStartAtOnceAgree()
{
    for (int round = 0; round < 20; ++round) {
        const QTemporaryDir folder;
        std::vector<QByteArray> tokens(8);
        {
            std::vector<std::jthread> threads;
            for (QByteArray &token : tokens)
                threads.emplace_back([&] { token = accessToken(folder.path()).value(); });
        }
        for (const QByteArray &token : tokens)
            QCOMPARE(token, tokens.front());
    }
}

void TestAccessToken::refused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("mode");
    QTest::addColumn<ErrorCode>("code");

    const QByteArray good(64, 'a');
    const int owner = QFile::ReadOwner | QFile::WriteOwner;
    QTest::newRow("empty") << QByteArray() << owner << ErrorCode::Corrupt;
    QTest::newRow("too short") << good.left(63) << owner << ErrorCode::Corrupt;
    QTest::newRow("too long") << good + 'a' << owner << ErrorCode::Corrupt;
    QTest::newRow("no hexadecimal digits") << QByteArray(64, 'g') << owner << ErrorCode::Corrupt;
    QTest::newRow("the group may read it") << good << (owner | QFile::ReadGroup) << ErrorCode::NotAllowed;
    QTest::newRow("everybody may read it") << good << (owner | QFile::ReadOther) << ErrorCode::NotAllowed;
}

void TestAccessToken::refused()
{
    QFETCH(QByteArray, content);
    QFETCH(int, mode);
    QFETCH(ErrorCode, code);
    const QTemporaryDir folder;
    QFile file(accessTokenFile(folder.path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QVERIFY(file.setPermissions(QFile::Permissions(mode)));
    const Result<QByteArray> token = accessToken(folder.path());
    QVERIFY(!token);
    QVERIFY(token.error().code == code);
    QCOMPARE(token.error().file, file.fileName());
}

void TestAccessToken::folderThatCannotBeMade()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Result<QByteArray> token = accessToken(file.fileName() + QStringLiteral("/data"));
    QVERIFY(!token);
    QVERIFY(token.error().code == ErrorCode::Io);
}

QTEST_GUILESS_MAIN(TestAccessToken)
#include "tst_access_token.moc"
