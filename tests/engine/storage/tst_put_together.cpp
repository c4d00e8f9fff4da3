// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <random>

using namespace flow;
using namespace flow::test;

namespace {

/// A random execution, journalled to a store, and what the contract says of its contexts, worked out on the side.
class RandomExecution
{
public:
    RandomExecution(ExecutionStore &store, const RevisionId &revision, unsigned seed)
        : m_store(store)
        , m_random(seed)
    {
        for (int key = number(4); key > 0; --key)
            m_context.insert(name(), value(2));
        input = m_context;
        id = store.create(QStringLiteral("a"), revision, input)->id;
    }

    /// False when the store refused a step.
    bool run()
    {
        bool good = m_store.executionStarted(id, at(0)).ok();
        const int attempts = 1 + number(12);
        std::optional<AttemptEnd> last;
        for (int sequence = 1; good && sequence <= attempts; ++sequence) {
            const QString task = name();
            const AttemptStart start = attemptStart(id, sequence, task, number(4) == 0);
            good = last ? m_store.attemptEnded(*last, start).ok() : m_store.attemptStarted(start).ok();
            inputs.append(m_context);
            last = end(sequence, task);
        }
        const bool completes = last->status == TaskStatus::Success;
        good = good && m_store
                           .executionEnded(last, executionEnd(id, completes ? ExecutionStatus::Completed
                                                                            : ExecutionStatus::Failure))
                           .ok();
        if (completes)
            output = m_context;
        return good;
    }

    ExecutionId id = 0;
    QJsonObject input;
    QList<QJsonObject> inputs;         ///< before each attempt
    QList<QJsonValue> data;            ///< of each attempt
    std::optional<QJsonObject> output; ///< of a completed execution

private:
    int number(int below) { return int(m_random() % unsigned(below)); }
    /// Few names, so that tasks are visited again and overwrite keys of the input.
    QString name() { return QStringLiteral("step %1").arg(number(4)); }

    QJsonValue value(int depth)
    {
        switch (number(depth > 0 ? 7 : 5)) {
        case 0:
            return QJsonValue::Null;
        case 1:
            return number(2) == 1;
        case 2:
            return qint64(m_random()) * 1000003;
        case 3:
            return double(m_random()) / 7;
        case 4:
            return QString(number(5), QChar(0x20 + number(0x1000)));
        case 5:
            return QJsonArray{value(depth - 1), value(depth - 1)};
        default:
            return QJsonObject{{name(), value(depth - 1)}, {QStringLiteral("x"), value(depth - 1)}};
        }
    }

    /// Ends an attempt and writes down by the rule itself what that does to the context.
    AttemptEnd end(int sequence, const QString &task)
    {
        AttemptEnd result = attemptEnd(id, sequence);
        QJsonObject entry;
        if (number(3) == 0) {
            result.status = TaskStatus::Failure;
            entry[QStringLiteral("status")] = QStringLiteral("failure");
        } else {
            entry[QStringLiteral("status")] = QStringLiteral("success");
        }
        if (number(4) != 0)
            entry[QStringLiteral("data")] = result.data = value(3);
        if (result.status == TaskStatus::Failure && number(5) != 0)
            entry[QStringLiteral("error")] = result.error = QStringLiteral("error %1").arg(number(100));
        data.append(result.data.isUndefined() ? QJsonValue(QJsonValue::Null) : result.data);
        m_context[task] = entry;
        return result;
    }

    ExecutionStore &m_store;
    std::mt19937 m_random;
    QJsonObject m_context;
};

} // namespace

/// Inputs of attempts and outputs of executions are stored nowhere: what is read is held against a simple model of the
/// rule.
class TestPutTogether : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void randomExecutions();
    void onlyFinishedAttemptsCount();
};

void TestPutTogether::randomExecutions()
{
    TestDatabase database;
    const Result<StoredFlow> flow = FlowStore(*database).create(chain(QStringLiteral("a")));
    VERIFY_OK(flow);
    ExecutionStore store(*database);
    std::map<ExecutionId, std::optional<QJsonObject>> outputs;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        RandomExecution expected(store, flow->revision, seed);
        QVERIFY2(expected.run(), qPrintable(QString::number(seed)));
        const Result<Execution> execution = store.get(expected.id);
        VERIFY_OK(execution);
        QCOMPARE(execution->inputContext, expected.input);
        QVERIFY2(execution->outputData == expected.output, qPrintable(QString::number(seed)));
        outputs[expected.id] = expected.output;
        const Result<QList<TaskExecution>> attempts = store.taskExecutions(expected.id);
        VERIFY_OK(attempts);
        QCOMPARE(attempts->size(), expected.inputs.size());
        for (qsizetype i = 0; i < attempts->size(); ++i) {
            QVERIFY2(attempts->at(i).inputData == expected.inputs[i], qPrintable(QString::number(seed)));
            QVERIFY2(attempts->at(i).outputData == expected.data[i], qPrintable(QString::number(seed)));
        }
    }
    const Result<Page<Execution>> all = store.list({.perPage = 1000});
    VERIFY_OK(all);
    QCOMPARE(all->items.size(), 300);
    for (const Execution &execution : all->items)
        QVERIFY(execution.outputData == outputs[execution.id]);
}

void TestPutTogether::onlyFinishedAttemptsCount()
{
    TestDatabase database;
    const Result<StoredFlow> flow = FlowStore(*database).create(chain(QStringLiteral("a")));
    ExecutionStore store(*database);
    const QJsonObject input{{QStringLiteral("step 1"), 5}};
    const ExecutionId id = store.create(QStringLiteral("a"), flow->revision, input)->id;
    VERIFY_OK(store.executionStarted(id, at(0)));
    VERIFY_OK(store.attemptStarted(attemptStart(id, 1, QStringLiteral("step 1"))));
    AttemptEnd cancelled = attemptEnd(id, 1);
    cancelled.status = TaskStatus::Cancelled;
    VERIFY_OK(store.attemptEnded(cancelled, attemptStart(id, 2, QStringLiteral("step 2"))));
    QCOMPARE(store.taskExecutions(id)->at(1).inputData, input);
    VERIFY_OK(store.executionEnded(attemptEnd(id, 2), executionEnd(id, ExecutionStatus::Cancelled)));
    QVERIFY(!store.get(id)->outputData);
}

QTEST_GUILESS_MAIN(TestPutTogether)
#include "tst_put_together.moc"
