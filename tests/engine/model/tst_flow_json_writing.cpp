// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/flow_json.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;

class TestFlowJsonWriting : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void writesInFixedOrder();
    void revisions();
    void looksUp();
    void words();
};

void TestFlowJsonWriting::writesInFixedOrder()
{
    Flow flow = test::flow(q("a"), q("a any end end x"));
    flow.description = q("d");
    flow.tasks[0] = Task{.name = q("a"),
                         .type = q("t"),
                         .description = q("d"),
                         .config = QJsonObject{{q("b"), 1}, {q("a"), 2}},
                         .timeoutSeconds = 2.5,
                         .retry = RetryPolicy{3, 1, 2, 9}};
    flow.conditions[0].description = q("d");
    flow.inputs = QJsonObject();
    flow.flows.insert(q("s"), test::flow(q("x")));
    QCOMPARE(canonicalJson(flow), QByteArray(R"({
  "id": "f",
  "name": "F",
  "description": "d",
  "start_task": "a",
  "tasks": [
    {
      "name": "a",
      "type": "t",
      "description": "d",
      "config": {
        "a": 2,
        "b": 1
      },
      "timeout_seconds": 2.5,
      "retry": {
        "backoff": 2,
        "delay_seconds": 1,
        "max_attempts": 3,
        "max_delay_seconds": 9
      }
    }
  ],
  "conditions": [
    {
      "name": "c0",
      "description": "d",
      "source_task": "a",
      "outcome": "any",
      "when": "x",
      "target_task_success": "end",
      "target_task_failure": "end"
    }
  ],
  "inputs": {},
  "flows": {
    "s": {
      "id": "f",
      "name": "F",
      "start_task": "x",
      "tasks": [
        {
          "name": "x",
          "type": "noop"
        }
      ]
    }
  }
}
)"));
}

void TestFlowJsonWriting::revisions()
{
    const Flow flow = test::flow(q("a b"), q("a success b end"));
    QCOMPARE(revisionOf(flow).size(), 64);
    QCOMPARE(revisionOf(flow), revisionOf(flowFromJson(toJson(flow)).flow));
    Flow other = flow;
    other.tasks[1].config = QJsonObject();
    QVERIFY(revisionOf(other) != revisionOf(flow));
}

void TestFlowJsonWriting::looksUp()
{
    const Flow flow = test::flow(q("a b"), q("a success b end;b any end;a failure b"));
    QCOMPARE(flow.taskIndex(q("b")), 1);
    QCOMPARE(flow.taskIndex(q("x")), -1);
    QCOMPARE(flow.task(q("b")), &flow.tasks[1]);
    QVERIFY(!flow.task(q("end")));
    QCOMPARE(flow.conditionsOf(q("a")), (QList<qsizetype>{0, 2}));
    QCOMPARE(Task{.name = q("x")}.typeName(), q("x"));
    QCOMPARE(flow.tasks[0].typeName(), q("noop"));
}

void TestFlowJsonWriting::words()
{
    for (const Outcome outcome : {Outcome::Success, Outcome::Failure, Outcome::Any})
        QVERIFY(outcomeFromString(toString(outcome)) == outcome);
    QCOMPARE(toString(Outcome::Any), q("any"));
    QVERIFY(!outcomeFromString(q("Any")));
}

QTEST_GUILESS_MAIN(TestFlowJsonWriting)
#include "tst_flow_json_writing.moc"
