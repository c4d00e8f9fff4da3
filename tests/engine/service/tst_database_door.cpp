// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <sys/inotify.h>
#include <unistd.h>

using namespace flow;

/// Who may be at a database file when: programs that share it, and one that puts a backup in its place.
class TestDatabaseDoor : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void isHeldUntilTheDatabaseIsClosed();
};

/// What is removed from these folders, in order.
class Removals
{
public:
    explicit Removals(const QStringList &folders)
        : m_descriptor(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        for (const QString &folder : folders)
            ::inotify_add_watch(m_descriptor, QFile::encodeName(folder).constData(), IN_DELETE);
    }
    ~Removals() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Removals)

    QStringList names() const
    {
        QStringList names;
        alignas(inotify_event) char buffer[4096];
        for (ssize_t bytes = ::read(m_descriptor, buffer, sizeof buffer); bytes > 0;
             bytes = ::read(m_descriptor, buffer, sizeof buffer)) {
            for (ssize_t at = 0; at < bytes;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                names.append(QString::fromLocal8Bit(event->name));
                at += ssize_t(sizeof(inotify_event)) + event->len;
            }
        }
        return names;
    }

private:
    int m_descriptor;
};

/// The last who closes it removes its log by name: whatever has that name by then.
void TestDatabaseDoor::isHeldUntilTheDatabaseIsClosed()
{
    ServiceFixture service{QString()};
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const Removals removals({service.dataDir(), service.dataDir() + QStringLiteral("/flows.db-owners")});
    service.close();
    const QStringList names = removals.names();
    QCOMPARE(names.filter(QStringLiteral("flows.db-wal")).size(), 1);
    QVERIFY2(names.constLast().startsWith(QStringLiteral("owner-")), qPrintable(names.join(u' ')));
}

QTEST_GUILESS_MAIN(TestDatabaseDoor)
#include "tst_database_door.moc"
