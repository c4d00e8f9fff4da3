// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution_script.h"
#include "simulated_disk.h"
#include "support/flow_test.h"

#include <QFileInfo>

#include <thread>

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");

/// Something that a caller was told is saved.
struct Job
{
    bool durable = false;
    ExecutionId execution = 0; ///< 0: the flow was saved
    int number = 0;            ///< step of the execution, version of the flow
    qsizetype called = 0;      ///< in the recorder's events
    qsizetype told = 0;
};

/// What is in a database.
struct Found
{
    int version = 0;
    QMap<ExecutionId, int> steps;

    bool has(const Job &job) const
    {
        return job.execution == 0 ? version >= job.number : steps.value(job.execution, -1) >= job.number;
    }
};

/// Several threads that execute flows, and one that saves one, with the program ending and starting between.
class BusyHour
{
public:
    BusyHour(const QString &file, DiskRecorder &recorder)
        : m_file(file)
        , m_recorder(recorder)
    {
    }

    Result<void> run()
    {
        for (int start = 0; start < 4; ++start) {
            Result<std::unique_ptr<Database>> opened = Database::open({m_file});
            if (!opened)
                return opened.error();
            if (Result<void> set = checkpointOften(**opened); !set)
                return set;
            runThreads(**opened);
            if (m_failed)
                return *m_failed;
        }
        return {};
    }

    const QList<Job> &jobs() const { return m_jobs; }

private:
    /// The log goes back into the database every few commits instead of every thousand pages.
    static Result<void> checkpointOften(Database &database)
    {
        return database.writer().run([](WriteTransaction &transaction) {
            return transaction.connection.execute(QStringLiteral("PRAGMA wal_autocheckpoint = 30"));
        });
    }

    void runThreads(Database &database)
    {
        saveFlow(database);
        std::vector<std::thread> threads;
        for (int number = 0; number < 3; ++number)
            threads.emplace_back([&] { execute(database, 8); });
        for (int saves = 0; saves < 3; ++saves)
            saveFlow(database);
        for (std::thread &thread : threads)
            thread.join();
    }

    void saveFlow(Database &database)
    {
        const qsizetype called = m_recorder.mark(0);
        const Result<StoredFlow> saved = FlowStore(database).save(chain(a));
        note(saved, {.durable = true, .number = saved ? saved->version : 0, .called = called});
        if (saved) {
            const std::lock_guard lock(m_mutex);
            m_revision = saved->revision;
        }
    }

    void execute(Database &database, int times)
    {
        ExecutionStore store(database, QStringLiteral("me"));
        for (int time = 0; time < times; ++time) {
            qsizetype called = m_recorder.mark(0);
            const Result<Execution> made = store.create(a, m_revision, {});
            note(made, {.durable = true, .execution = made ? made->id : 0, .called = called});
            if (!made)
                return;
            const bool touchesWorld = made->id % 3 == 0;
            for (int step = 1; step <= lastStep; ++step) {
                const bool durable = touchesWorld && (step == 2 || step == 3);
                called = m_recorder.mark(0);
                note(doStep(store, made->id, step, touchesWorld),
                     {.durable = durable, .execution = made->id, .number = step, .called = called});
            }
            note(store.list({}), {.number = -1, .called = called});
        }
    }

    template <typename T>
    void note(const Result<T> &result, Job job)
    {
        job.told = m_recorder.mark(1);
        const std::lock_guard lock(m_mutex);
        if (!result)
            m_failed = result.error();
        else if (job.number >= 0)
            m_jobs.append(job);
    }

    QString m_file;
    DiskRecorder &m_recorder;
    std::mutex m_mutex;
    QList<Job> m_jobs;
    RevisionId m_revision;
    std::optional<Error> m_failed;
};

Found readAll(TestDatabase &database)
{
    Found found;
    found.version = database.one(QStringLiteral("SELECT version FROM flows")).toInt();
    const QStringList lines = database.rows(
        QStringLiteral("SELECT e.id || ' ' || CASE e.status WHEN 'pending' THEN 0 WHEN 'completed' THEN 4 ELSE 1 +"
                       " (SELECT count(*) FROM task_executions t WHERE t.flow_execution_id = e.id) END"
                       " FROM flow_executions e"));
    for (const QString &line : lines)
        found.steps.insert(line.section(u' ', 0, 0).toLongLong(), line.section(u' ', 1).toInt());
    return found;
}

QString described(const Job &job)
{
    return job.execution == 0 ? QStringLiteral("version %1").arg(job.number)
                              : QStringLiteral("step %1 of execution %2").arg(job.number).arg(job.execution);
}

/// What is missing from what was found after so many events; empty when nothing is.
QString missing(const Found &found, const QList<Job> &jobs, qsizetype events)
{
    qsizetype newest = 0; // whatever was told before this was called has been committed before it
    for (const Job &job : jobs) {
        if (found.has(job))
            newest = std::max(newest, job.called);
    }
    for (const Job &job : jobs) {
        if (found.has(job))
            continue;
        if (job.durable && job.told < events)
            return QStringLiteral("durable: ") + described(job);
        if (job.told < newest)
            return QStringLiteral("a hole: ") + described(job);
    }
    for (ExecutionId id = 1; id <= found.steps.size(); ++id) {
        if (!found.steps.contains(id))
            return QStringLiteral("a hole: execution %1").arg(id);
    }
    return {};
}

} // namespace

/// The power goes at any moment, on a disk that keeps unsynced writes as it likes: the database opens, fits together,
/// and has all that was told to be on the disk.
class TestPowerCut : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { watchFiles(nullptr); }
    void atRandomMoments();

private:
    void check(const QMap<QString, QByteArray> &files, const QList<Job> &jobs, qsizetype events);
};

void TestPowerCut::check(const QMap<QString, QByteArray> &files, const QList<Job> &jobs, qsizetype events)
{
    const QTemporaryDir folder;
    for (auto file = files.begin(); file != files.end(); ++file) {
        QFile copy(folder.filePath(QFileInfo(file.key()).fileName()));
        QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write(file.value()) == file.value().size());
    }
    Result<std::unique_ptr<Database>> opened = Database::open({folder.filePath(QStringLiteral("flows.db"))});
    VERIFY_OK(opened);
    TestDatabase database(*std::move(opened));
    QCOMPARE(database.one(QStringLiteral("PRAGMA integrity_check")), QStringLiteral("ok"));
    QCOMPARE(database.one(QStringLiteral("PRAGMA foreign_key_check")), QString());
    QCOMPARE(wrongTotals(database), QString());
    QCOMPARE(missing(readAll(database), jobs, events), QString());
}

void TestPowerCut::atRandomMoments()
{
    constexpr int cuts = 500;
    constexpr unsigned seed = 7;
    const QTemporaryDir folder;
    DiskRecorder recorder;
    watchFiles(&recorder);
    BusyHour hour(folder.filePath(QStringLiteral("flows.db")), recorder);
    VERIFY_OK(hour.run());
    FileWatcher nobody; // nothing waits for the disk
    watchFiles(&nobody);

    std::mt19937 random(seed);
    std::vector<qsizetype> moments(cuts);
    for (qsizetype &moment : moments)
        moment = qsizetype(random() % size_t(recorder.events().size() + 1));
    std::sort(moments.begin(), moments.end());
    SimulatedDisk disk;
    qsizetype passed = 0;
    for (const qsizetype moment : moments) {
        for (; passed < moment; ++passed)
            disk.apply(recorder.events()[passed]);
        check(disk.afterPowerCut(random), hour.jobs(), moment);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QStringLiteral("after %1 of %2 events").arg(moment).arg(recorder.events().size())));
    }
}

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_power_cut.moc"
