// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/owner_folder.h"
#include "support/flow_test.h"

#include <QDir>
#include <QTemporaryDir>

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace flow;

class TestOwnerFolder : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheLiving();
    void knowsTheKilled();
    void whoCannotBeAskedLives_data();
    void whoCannotBeAskedLives();
    void countsAndForgets();
    void unknownOwnersAreDead_data();
    void unknownOwnersAreDead();
    void carriesRequests();
    void tellsOfDeletions();
};

void TestOwnerFolder::knowsTheLiving()
{
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("flows.db"));
    const auto one = OwnerFolder::join(database).value();
    auto other = OwnerFolder::join(database).value();
    const QString id = other->self();
    QVERIFY(one->self() != id);
    QVERIFY(one->isAlive(one->self()));
    QVERIFY(one->isAlive(id));
    QVERIFY(other->isAlive(one->self()));
    other.reset();
    QVERIFY(!one->isAlive(id));
    QCOMPARE(QDir(database + QStringLiteral("-owners")).entryList(QDir::Files).size(), 1);
}

void TestOwnerFolder::knowsTheKilled()
{
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("flows.db"));
    const auto one = OwnerFolder::join(database).value();
    int pipe[2] = {};
    QCOMPARE(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto mine = OwnerFolder::join(database).value();
        const QByteArray id = mine->self().toLatin1();
        (void)!::write(pipe[1], id.constData(), static_cast<size_t>(id.size()));
        for (;;)
            ::pause();
    }
    char id[64] = {};
    QVERIFY(::read(pipe[0], id, sizeof id - 1) > 0);
    const QString owner = QString::fromLatin1(id);
    QVERIFY(one->isAlive(owner));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    QVERIFY(!one->isAlive(owner));
    QVERIFY(!one->isAlive(owner)); // its file is gone as well
    QCOMPARE(QDir(database + QStringLiteral("-owners")).entryList(QDir::Files).size(), 1);
    ::close(pipe[0]);
    ::close(pipe[1]);
}

void TestOwnerFolder::whoCannotBeAskedLives_data()
{
    QTest::addColumn<std::function<void(const QString &lock)>>("spoil");
    QTest::newRow("no descriptor is left") << std::function([](const QString &) {
        rlimit limit = {};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = 1; // those that are open stay so
        ::setrlimit(RLIMIT_NOFILE, &limit);
    });
    QTest::newRow("something else has its name") << std::function([](const QString &lock) {
        QVERIFY(QFile::remove(lock));
        QVERIFY(QDir().mkdir(lock));
    });
    QTest::newRow("a link that leads in a circle") << std::function([](const QString &lock) {
        QVERIFY(QFile::remove(lock));
        QVERIFY(QFile::link(lock, lock));
    });
}

/// To take a living program for dead is worse than to wait for a dead one.
void TestOwnerFolder::whoCannotBeAskedLives()
{
    QFETCH(std::function<void(const QString &lock)>, spoil);
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("flows.db"));
    const auto one = OwnerFolder::join(database).value();
    const auto other = OwnerFolder::join(database).value();
    rlimit before = {};
    ::getrlimit(RLIMIT_NOFILE, &before);
    spoil(database + QStringLiteral("-owners/owner-") + other->self() + QStringLiteral(".lock"));
    const bool alive = one->isAlive(other->self());
    ::setrlimit(RLIMIT_NOFILE, &before);
    QVERIFY(alive);
}

void TestOwnerFolder::countsAndForgets()
{
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("flows.db"));
    const auto files = [&] {
        return QDir(database + QStringLiteral("-owners")).entryList(QDir::Files | QDir::System).size();
    };
    QCOMPARE(OwnerFolder::countLiving(database), 0);
    auto one = OwnerFolder::join(database).value();
    const auto other = OwnerFolder::join(database).value();
    for (const char *dead : {"4f0c1c1e-0000-0000-0000-000000000000", "4f0c1c1e-0000-0000-0000-000000000001"}) {
        QFile left(database + QStringLiteral("-owners/owner-%1.lock").arg(QLatin1String(dead)));
        QVERIFY(left.open(QIODevice::WriteOnly));
    }
    QCOMPARE(files(), 4);
    QCOMPARE(OwnerFolder::countLiving(database), 2);
    QCOMPARE(files(), 2); // nobody has asked for those that are gone

    QVERIFY(one->request({7, OwnerRequest::What::Cancel}));
    QVERIFY(one->announceDeletion(QStringLiteral("a")));
    one.reset();
    QCOMPARE(files(), 3);
    OwnerFolder::forgetAll(database);
    QCOMPARE(files(), 0);
}

void TestOwnerFolder::unknownOwnersAreDead_data()
{
    QTest::addColumn<QString>("owner");
    QTest::newRow("nobody") << QString();
    QTest::newRow("somebody of long ago") << QStringLiteral("4f0c1c1e-0000-0000-0000-000000000000");
    QTest::newRow("a path") << QStringLiteral("../../etc/passwd");
}

void TestOwnerFolder::unknownOwnersAreDead()
{
    QFETCH(QString, owner);
    const QTemporaryDir folder;
    QVERIFY(!OwnerFolder::join(folder.filePath(QStringLiteral("flows.db"))).value()->isAlive(owner));
}

void TestOwnerFolder::carriesRequests()
{
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("flows.db"));
    const auto one = OwnerFolder::join(database).value();
    const auto other = OwnerFolder::join(database).value();
    const OwnerRequest cancel{7, OwnerRequest::What::Cancel};
    const OwnerRequest pause{7, OwnerRequest::What::Pause};
    const OwnerRequest breakpoints{12, OwnerRequest::What::ReadBreakpoints};
    QVERIFY(one->requests().isEmpty());
    QVERIFY(other->request(cancel));
    QVERIFY(other->request(cancel)); // twice is once
    QVERIFY(other->request(pause));
    QVERIFY(other->request(breakpoints));
    QCOMPARE(one->requests().size(), 3);
    one->dropRequest(cancel);
    QVERIFY(!one->requests().contains(cancel));
    QVERIFY(one->requests().contains(pause));
    QVERIFY(other->request(cancel));
    one->dropRequests(7);
    QCOMPARE(one->requests(), QList<OwnerRequest>{breakpoints});
}

void TestOwnerFolder::tellsOfDeletions()
{
    const QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("flows.db"));
    const FlowId flow = QStringLiteral("../a flow");
    const auto one = OwnerFolder::join(database).value();
    auto other = OwnerFolder::join(database).value();
    QVERIFY(!one->isBeingDeleted(flow));
    QVERIFY(other->announceDeletion(flow));
    QVERIFY(!one->announceDeletion(flow)); // one is enough
    QVERIFY(one->isBeingDeleted(flow));
    QVERIFY(other->isBeingDeleted(flow));
    QVERIFY(!one->isBeingDeleted(QStringLiteral("a flow")));
    other->withdrawDeletion(flow);
    QVERIFY(!one->isBeingDeleted(flow));

    QVERIFY(other->announceDeletion(flow));
    other.reset(); // died in the middle of it
    QVERIFY(one->announceDeletion(flow));
    QVERIFY(one->isBeingDeleted(flow));
    one->withdrawDeletion(flow);
    QVERIFY(!one->isBeingDeleted(flow));
}

QTEST_GUILESS_MAIN(TestOwnerFolder)
#include "tst_owner_folder.moc"
