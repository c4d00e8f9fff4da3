// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QProcess>

#include <atomic>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");

QJsonObject input(int kilobytes)
{
    return {{QStringLiteral("x"), QString(kilobytes * 1024, u'x')}};
}

/// Keeps the file from growing by more than some pages; a negative number frees it.
Result<void> allowPages(TestDatabase &database, int more)
{
    return database->writer().run([more](WriteTransaction &transaction) -> Result<void> {
        const Result<QStringList> now =
            TestDatabase::rowsOf(transaction.connection, QStringLiteral("PRAGMA page_count"));
        if (!now)
            return now.error();
        const qint64 most = more < 0 ? 1'000'000'000 : now->first().toLongLong() + more;
        return transaction.connection.execute(QStringLiteral("PRAGMA max_page_count = %1").arg(most));
    });
}

/// A file system of its own with so many bytes, where this machine allows that.
class SmallDisk
{
public:
    explicit SmallDisk(const char *size)
    {
        m_mounted = QProcess::execute(QStringLiteral("mount"),
                                      {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                                       QStringLiteral("size=%1").arg(QLatin1String(size)), QStringLiteral("tmpfs"),
                                       m_folder.path()}) == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            QProcess::execute(QStringLiteral("umount"), {m_folder.path()});
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    bool mounted() const { return m_mounted; }
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    void fill() const
    {
        QFile file(path("ballast"));
        if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            for (const qsizetype chunk : {65536, 4096, 1}) {
                while (file.write(QByteArray(chunk, 'x')) == chunk) {}
            }
        }
    }
    void free() const { QFile::remove(path("ballast")); }

private:
    QTemporaryDir m_folder;
    bool m_mounted = false;
};

} // namespace

class TestFullDisk : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void saysSoAndGoesOnLater();
    void everyoneHearsOfIt();
    void smallJobsPassWhereALargeOneDoesNot();
    void realDisk();
    void noSpaceToOpen();
};

void TestFullDisk::saysSoAndGoesOnLater()
{
    TestDatabase database;
    const Result<StoredFlow> flow = FlowStore(*database).create(chain(a));
    ExecutionStore store(*database);
    VERIFY_OK(allowPages(database, 20));
    qint64 kept = 0;
    Result<Execution> made = store.create(a, flow->revision, input(16));
    for (; made && kept < 10'000; made = store.create(a, flow->revision, input(16)))
        ++kept;
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, ErrorCode::Full);
    QCOMPARE(made.error().file, database.file());
    QVERIFY2(made.error().reason.contains(QStringLiteral("Free some space")), qPrintable(made.error().reason));
    QVERIFY(kept > 0);
    QCOMPARE(store.list({})->total, kept); // what was acknowledged is there, and can be read
    QCOMPARE(wrongTotals(database), QString());

    VERIFY_OK(allowPages(database, -1));
    VERIFY_OK(store.create(a, flow->revision, input(16)));
    database.reopen(); // with its check
    QCOMPARE(ExecutionStore(*database).list({})->total, kept + 1);
}

void TestFullDisk::everyoneHearsOfIt()
{
    TestDatabase database;
    const Result<StoredFlow> flow = FlowStore(*database).create(chain(a));
    ExecutionStore store(*database);
    VERIFY_OK(allowPages(database, 100));
    std::atomic<int> kept = 0;
    std::atomic<int> full = 0;
    std::atomic<int> others = 0;
    std::vector<std::thread> callers;
    for (int number = 0; number < 16; ++number) {
        callers.emplace_back([&] {
            for (int round = 0; round < 20; ++round) {
                const Result<Execution> made = store.create(a, flow->revision, input(16));
                ++(made ? kept : made.error().code == ErrorCode::Full ? full : others);
            }
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QVERIFY(kept > 0);
    QVERIFY(full > 0);
    QCOMPARE(others.load(), 0);
    QCOMPARE(store.list({})->total, kept.load());
    QCOMPARE(wrongTotals(database), QString());
    VERIFY_OK(allowPages(database, -1));
    VERIFY_OK(store.create(a, flow->revision, input(16)));
}

void TestFullDisk::smallJobsPassWhereALargeOneDoesNot()
{
    TestDatabase database;
    const Result<StoredFlow> flow = FlowStore(*database).create(chain(a));
    ExecutionStore store(*database);
    VERIFY_OK(allowPages(database, 100));
    std::atomic<int> large = 0;
    std::atomic<int> small = 0;
    std::vector<std::thread> callers;
    for (int number = 0; number < 8; ++number) {
        callers.emplace_back([&, number] {
            for (int round = 0; round < 10; ++round) {
                if (number == 0)
                    large += store.create(a, flow->revision, input(2000)).ok();
                else
                    small += store.create(a, flow->revision, {}).ok();
            }
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(large.load(), 0);
    QCOMPARE(small.load(), 70);
    QCOMPARE(store.list({})->total, 70);
    QCOMPARE(wrongTotals(database), QString());
}

void TestFullDisk::realDisk()
{
    const SmallDisk disk("4m");
    if (!disk.mounted())
        QSKIP("this machine does not let the test mount a small disk");
    Result<std::unique_ptr<Database>> database = Database::open({disk.path("flows.db")});
    VERIFY_OK(database);
    FlowStore flows(**database);
    const Result<StoredFlow> flow = flows.create(chain(a));
    VERIFY_OK(flow);
    ExecutionStore store(**database);
    qint64 kept = 0;
    for (int fills = 0; fills < 3; ++fills) {
        disk.fill();
        Result<Execution> made = store.create(a, flow->revision, input(16));
        for (; made && kept < 10'000; made = store.create(a, flow->revision, input(16)))
            ++kept;
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, ErrorCode::Full);
        QCOMPARE(store.list({})->total, kept);
        disk.free();
        VERIFY_OK(store.create(a, flow->revision, {}));
        ++kept;
    }
    database->reset();
    database = Database::open({disk.path("flows.db")});
    VERIFY_OK(database);
    QCOMPARE(ExecutionStore(**database).list({})->total, kept);
}

void TestFullDisk::noSpaceToOpen()
{
    const SmallDisk disk("1m");
    if (!disk.mounted())
        QSKIP("this machine does not let the test mount a small disk");
    disk.fill();
    const Result<std::unique_ptr<Database>> refused = Database::open({disk.path("flows.db")});
    QVERIFY(!refused.ok());
    QVERIFY2(refused.error().code == ErrorCode::Full, qPrintable(refused.error().text()));
    disk.free();
    const Result<std::unique_ptr<Database>> opened = Database::open({disk.path("flows.db")});
    VERIFY_OK(opened);
}

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"
