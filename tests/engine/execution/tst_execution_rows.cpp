// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe.h"

#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// (flow, scripted results, expected events, expected end), one row each.
class TestExecutionRows : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void truthTable_data();
    void truthTable() { check(); }
    void routing_data();
    void routing() { check(); }
    void results_data();
    void results() { check(); }
    void retries_data();
    void retries() { check(); }
    void limits_data();
    void limits() { check(); }

private:
    static void columns();
    static void row(const char *name, const char *tasks, const char *conditions, const char *script,
                    const char *expected, const ExecutionLimits &limits = {});
    void check();
};

Q_DECLARE_METATYPE(flow::test::Recipe)

void TestExecutionRows::columns()
{
    QTest::addColumn<Recipe>("recipe");
    QTest::addColumn<QString>("expected");
}

void TestExecutionRows::row(const char *name, const char *tasks, const char *conditions, const char *script,
                            const char *expected, const ExecutionLimits &limits)
{
    QTest::newRow(name) << Recipe{QString::fromUtf8(tasks), QString::fromUtf8(conditions), QString::fromUtf8(script),
                                  QJsonObject{{QStringLiteral("x"), 3}}, limits}
                        << QString::fromUtf8(expected);
}

void TestExecutionRows::check()
{
    QFETCH(Recipe, recipe);
    QFETCH(QString, expected);
    QCOMPARE(runRecipe(recipe).summary, expected);
}

void TestExecutionRows::truthTable_data()
{
    columns();
    row("outcome success, task succeeds", "a s f", "a success s|f", "",
        "a#1 success c0+ s; s#1 success - end; completed");
    row("outcome success, task fails", "a s f", "a success s|f", "a=fail",
        "a#1 failure(a broke) c0- f; f#1 success - end; completed");
    row("outcome failure, task succeeds", "a s f", "a failure s|f", "",
        "a#1 success c0- f; f#1 success - end; completed");
    row("outcome failure, task fails", "a s f", "a failure s|f", "a=fail",
        "a#1 failure(a broke) c0+ s; s#1 success - end; completed");
    row("outcome any, task succeeds", "a s f", "a any s|f", "", "a#1 success c0+ s; s#1 success - end; completed");
    row("outcome any, task fails", "a s f", "a any s|f", "a=fail",
        "a#1 failure(a broke) c0+ s; s#1 success - end; completed");
    row("no condition, task succeeds", "a", "", "", "a#1 success - end; completed");
    row("no condition, task fails", "a", "", "a=fail", "a#1 failure(a broke) - end; failure a: a broke");
    row("matched leads to end, succeeds", "a b", "a success end|b", "", "a#1 success c0+ end; completed");
    row("matched leads to end, fails", "a b", "a failure end|b", "a=fail",
        "a#1 failure(a broke) c0+ end; failure a: a broke");
    row("not matched leads to end, succeeds", "a b", "a failure b|end", "", "a#1 success c0- end; completed");
    row("not matched leads to end, fails", "a b", "a success b|end", "a=fail",
        "a#1 failure(a broke) c0- end; failure a: a broke");
    row("any leads to end, fails", "a", "a any end|end", "a=fail", "a#1 failure(a broke) c0+ end; failure a: a broke");
}

void TestExecutionRows::routing_data()
{
    columns();
    row("three in a row", "a b c", "a success b|end; b success c|end", "",
        "a#1 success c0+ b; b#1 success c1+ c; c#1 success - end; completed");
    row("the middle one fails", "a b c", "a success b|end; b success c|end", "b=fail",
        "a#1 success c0+ b; b#1 failure(b broke) c1- end; failure b: b broke");
    row("a failure that is repaired", "a b c", "a success b|end; b success end|c; c success end|end", "b=fail",
        "a#1 success c0+ b; b#1 failure(b broke) c1- c; c#1 success c2+ end; completed");
    row("the repair fails too", "a b c", "a success b|end; b success end|c", "b=fail c=fail(no_spare)",
        "a#1 success c0+ b; b#1 failure(b broke) c1- c; c#1 failure(no_spare) - end; failure c: no_spare");
    row("only the first deciding condition counts", "a b c", "a success b|c; a success c|b", "",
        "a#1 success c0+ b; b#1 success - end; completed");
    row("order of the list, not of the names", "a b c", "b any end|end; a any c|end; a any b|end", "",
        "a#1 success c1+ c; c#1 success - end; completed");
    row("no failure target asks the next", "a b c", "a success b; a failure c", "a=fail",
        "a#1 failure(a broke) c1+ c; c#1 success - end; completed");
    row("no failure target, none left", "a b", "a success b", "a=fail",
        "a#1 failure(a broke) - end; failure a: a broke");
    row("no failure target, none left, succeeds", "a b", "a failure b", "", "a#1 success - end; completed");
    row("the third decides", "a b c", "a failure b; a failure b; a any c|end", "",
        "a#1 success c2+ c; c#1 success - end; completed");
    row("repeats until it succeeds", "a", "a failure a|end", "a=fail a=fail",
        "a#1 failure(a broke) c0+ a; a#1 failure(a broke) c0+ a; a#1 success c0- end; completed");
    row("goes round two tasks", "a b", "a success b|end; b failure a|end", "b=fail b=fail",
        "a#1 success c0+ b; b#1 failure(b broke) c1+ a; a#1 success c0+ b; b#1 failure(b broke) c1+ a; "
        "a#1 success c0+ b; b#1 success c1- end; completed");
    row("when is true", "a b c", "a success {tasks.a.data > 5} b|c", "a=data(7)",
        "a#1 success c0+ b; b#1 success - end; completed");
    row("when is false", "a b c", "a success {tasks.a.data > 5} b|c", "a=data(5)",
        "a#1 success c0- c; c#1 success - end; completed");
    row("when decides a switch", "a b c d", "a any {tasks.a.data == 1} b; a any {tasks.a.data == 2} c; a any d",
        "a=data(2)", "a#1 success c1+ c; c#1 success - end; completed");
    row("a switch without a case", "a b c d", "a any {tasks.a.data == 1} b; a any {tasks.a.data == 2} c; a any d",
        "a=data(9)", "a#1 success c2+ d; d#1 success - end; completed");
    row("when is not asked where the outcome does not fit", "a b c", "a failure {no.such.thing} b; a any c", "",
        "a#1 success c1+ c; c#1 success - end; completed");
    row("when reads input", "a b c", "a any {input.x == 3} b|c", "", "a#1 success c0+ b; b#1 success - end; completed");
    row("when reads flow and execution", "a b c",
        "a any {flow.id == 'test' && flow.name == 'Test' && execution.id == 7} b|c", "",
        "a#1 success c0+ b; b#1 success - end; completed");
    row("when reads an error that is not there", "a b c", "a any {tasks.a.error == null && tasks.a.data == null} b|c",
        "", "a#1 success c0+ b; b#1 success - end; completed");
    row("when reads error, data and status", "a b c",
        "a any {tasks.a.error == 'partly' && tasks.a.data == 4 && tasks.a.status == 'failure'} b|c", "a=both(4)",
        "a#1 failure(partly) c0+ b; b#1 success - end; completed");
    row("when knows only tasks that have run", "a b c", "a any {has(tasks.a) && !has(tasks.b)} b|c", "",
        "a#1 success c0+ b; b#1 success - end; completed");
    row("when reads the newest visit", "a b", "a any {tasks.a.data < 3} a|b", "a=data(1) a=data(2) a=data(3)",
        "a#1 success c0+ a; a#1 success c0+ a; a#1 success c0- b; b#1 success - end; completed");
    row("start task unknown", "", "", "", "failure: Flow 'Test' names no start task");
    row("target unknown", "a", "a any z|end", "",
        "a#1 success c0+ ?; failure a: Condition 'c0' leads from task 'a' to task 'z', which the flow does not have");
    row("failure target unknown", "a", "a success end|z", "a=fail",
        "a#1 failure(a broke) c0- ?; failure a: Condition 'c0' leads from task 'a' to task 'z', which the flow does "
        "not have");
}

void TestExecutionRows::results_data()
{
    columns();
    row("exception", "a", "", "a=throw(out_of_paper)", "a#1 failure(out_of_paper) - end; failure a: out_of_paper");
    row("exception without text", "a", "", "a=throw()",
        "a#1 failure(Task 'a' threw an exception that carries no text) - end; "
        "failure a: Task 'a' threw an exception that carries no text");
    row("exception that is none", "a", "", "a=throwany",
        "a#1 failure(Task 'a' threw an exception that carries no text) - end; "
        "failure a: Task 'a' threw an exception that carries no text");
    row("exception is routed as a failure", "a b", "a failure b|end", "a=throw(x)",
        "a#1 failure(x) c0+ b; b#1 success - end; completed");
    row("status that is none", "a", "", "a=odd",
        "a#1 failure(Task 'a' ended with status 'running'; only success and failure are possible) - end; "
        "failure a: Task 'a' ended with status 'running'; only success and failure are possible");
    row("failure without a reason", "a", "", "a=silent",
        "a#1 failure(Task 'a' failed without giving a reason) - end; failure a: Task 'a' failed without giving a "
        "reason");
    row("type not registered, never tried again", "a,type=zip,retry=5", "", "",
        "a#1 failure(Task 'a' has type 'zip', which is not registered) - end; "
        "failure a: Task 'a' has type 'zip', which is not registered");
    row("cancelled in the task", "a b", "a any b|end", "a=cancel",
        "a#1 cancelled(Task 'a' was cancelled) - ?; cancelled a: Flow 'Test' was cancelled while task 'a' was running");
    row("cancelled in the second task", "a b", "a any b|end", "b=cancel",
        "a#1 success c0+ b; b#1 cancelled(Task 'b' was cancelled) - ?; "
        "cancelled b: Flow 'Test' was cancelled while task 'b' was running");
    row("cancelled tasks are not tried again", "a,retry=3", "", "a=cancel",
        "a#1 cancelled(Task 'a' was cancelled) - ?; cancelled a: Flow 'Test' was cancelled while task 'a' was running");
}

void TestExecutionRows::retries_data()
{
    columns();
    row("succeeds at the third attempt", "a,retry=3", "", "a=fail a=fail",
        "a#1 failure(a broke) - ?; a#2 failure(a broke) - ?; a#3 success - end; completed");
    row("attempts are used up", "a,retry=2", "", "a=fail a=fail(still)",
        "a#1 failure(a broke) - ?; a#2 failure(still) - end; failure a: still");
    row("one attempt is no retry", "a,retry=1", "", "a=fail", "a#1 failure(a broke) - end; failure a: a broke");
    row("success is not tried again", "a,retry=5", "", "", "a#1 success - end; completed");
    row("used up, then routed", "a,retry=2 b", "a failure b|end", "a=fail a=fail",
        "a#1 failure(a broke) - ?; a#2 failure(a broke) c0+ b; b#1 success - end; completed");
    row("each visit has its own attempts", "a,retry=2", "a failure a|end", "a=fail a=fail a=fail",
        "a#1 failure(a broke) - ?; a#2 failure(a broke) c0+ a; a#1 failure(a broke) - ?; a#2 success c0- end; "
        "completed");
    row("with a pause", "a,retry=3,delay=0.001,backoff=2", "", "a=fail a=fail",
        "a#1 failure(a broke) - ?; a#2 failure(a broke) - ?; a#3 success - end; completed");
    row("an exception is tried again", "a,retry=2", "", "a=throw(x)",
        "a#1 failure(x) - ?; a#2 success - end; completed");
}

void TestExecutionRows::limits_data()
{
    using namespace std::chrono_literals;
    columns();
    row("steps exactly enough", "a b c", "a any b|end; b any c|end", "",
        "a#1 success c0+ b; b#1 success c1+ c; c#1 success - end; completed", {.steps = 3});
    row("a loop meets the step limit", "a b", "a any b|end; b any a|end", "",
        "a#1 success c0+ b; b#1 success c1+ a; a#1 success c0+ ?; "
        "failure b: Flow 'Test' has reached its step limit of 3; task 'b' would have been next. Look for a loop that "
        "does not end",
        {.steps = 3});
    row("retries are steps", "a,retry=9", "", "a=fail a=fail a=fail",
        "a#1 failure(a broke) - ?; a#2 failure(a broke) - ?; "
        "failure a: Flow 'Test' has reached its step limit of 2; task 'a' would have been next. Look for a loop that "
        "does not end",
        {.steps = 2});
    row("retries after a pause are steps", "a,retry=9,delay=0.001", "", "a=fail a=fail",
        "a#1 failure(a broke) - ?; "
        "failure a: Flow 'Test' has reached its step limit of 1; task 'a' would have been next. Look for a loop that "
        "does not end",
        {.steps = 1});
    row("exactly the task's time", "a,timeout=2", "", "a=long(2)", "a#1 success - end; completed");
    row("longer than the task's own time", "a,timeout=2", "", "a=long(2.5)",
        "a#1 failure(Task 'a' did not end within its time limit of 2 s) - end; "
        "failure a: Task 'a' did not end within its time limit of 2 s");
    row("longer than the default time", "a", "", "a=long(301)",
        "a#1 failure(Task 'a' did not end within its time limit of 300 s) - end; "
        "failure a: Task 'a' did not end within its time limit of 300 s");
    row("the task's own time is longer than the default", "a,timeout=400", "", "a=long(301)",
        "a#1 success - end; completed");
    row("a time limit is routed as a failure", "a,timeout=0.5 b", "a failure b|end", "a=long(1)",
        "a#1 failure(Task 'a' did not end within its time limit of 0.5 s) c0+ b; b#1 success - end; completed");
    row("a time limit is tried again", "a,timeout=0.5,retry=2", "", "a=long(1)",
        "a#1 failure(Task 'a' did not end within its time limit of 0.5 s) - ?; a#2 success - end; completed");
    row("the task is stopped at its limit", "a,timeout=0.01", "", "a=wait",
        "a#1 failure(Task 'a' did not end within its time limit of 0.01 s) - end; "
        "failure a: Task 'a' did not end within its time limit of 0.01 s");
    row("stopped at its limit, then tried again twice", "a,timeout=0.1,retry=3", "", "a=wait a=wait",
        "a#1 failure(Task 'a' did not end within its time limit of 0.1 s) - ?; "
        "a#2 failure(Task 'a' did not end within its time limit of 0.1 s) - ?; a#3 success - end; completed");
    row("flow time passes in a task", "a b", "a any b|end", "a=long(1) b=long(5)",
        "a#1 success c0+ b; b#1 failure(Flow 'Test' did not end within its time limit of 5 s; it had come to task 'b') "
        "- ?; "
        "failure b: Flow 'Test' did not end within its time limit of 5 s; it had come to task 'b'",
        {.flowTime = 5s});
    row("flow time passes between tasks", "a b", "a any b|end", "a=long(5)",
        "a#1 success c0+ ?; failure b: Flow 'Test' did not end within its time limit of 5 s; it had come to task 'b'",
        {.flowTime = 5s});
    row("flow time stops a task", "a,retry=3", "", "a=wait",
        "a#1 failure(Flow 'Test' did not end within its time limit of 0.2 s; it had come to task 'a') - ?; "
        "failure a: Flow 'Test' did not end within its time limit of 0.2 s; it had come to task 'a'",
        {.flowTime = 200ms});
    row("flow time stops a pause", "a,retry=3,delay=3600", "", "a=fail",
        "a#1 failure(a broke) - ?; "
        "failure a: Flow 'Test' did not end within its time limit of 0.2 s; it had come to task 'a'",
        {.flowTime = 200ms});
    row("both limits passed: the flow's counts", "a,timeout=1", "", "a=long(9)",
        "a#1 failure(Flow 'Test' did not end within its time limit of 5 s; it had come to task 'a') - ?; "
        "failure a: Flow 'Test' did not end within its time limit of 5 s; it had come to task 'a'",
        {.flowTime = 5s});
}

QTEST_GUILESS_MAIN(TestExecutionRows)
#include "tst_execution_rows.moc"
