// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/flow_engine.h"
#include "recording.h"
#include "support/fake_clock.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"
#include "tasks/built_in_tasks.h"

using namespace flow;
using namespace flow::test;

namespace {

/// A place for secrets that answers with errors at first.
class Keyring final : public SecretSource
{
public:
    explicit Keyring(FakeClock &clock, QList<ErrorCode> errors)
        : m_clock(clock)
        , m_errors(std::move(errors))
    {
    }

    Result<QString> secret(const QString &name, const CancelToken &) const override
    {
        asked << name;
        m_clock.advance(takes);
        if (!m_errors.isEmpty())
            return Error{.code = m_errors.takeFirst(), .reason = QStringLiteral("the keyring is locked")};
        return QStringLiteral("value-of-") + name;
    }

    mutable QStringList asked;
    std::chrono::seconds takes{0};

private:
    FakeClock &m_clock;
    mutable QList<ErrorCode> m_errors;
};

std::shared_ptr<FamilySecrets> givenBefore(const QString &names, const Clock &clock)
{
    return std::make_shared<FamilySecrets>([names] { return names.split(u' '); }, clock);
}

/// Tells what an earlier task was given.
class TellingTask final : public BaseTask
{
public:
    static TaskType describe() { return {.name = QStringLiteral("tell")}; }
    TaskResult execute(TaskRun &) override { return TaskResult::failure(QStringLiteral("it was value-of-a")); }
};

} // namespace

/// What a family was given before is known again before any of it says something, as far as it can be had.
class TestFamilySecrets : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void asksAgain_data();
    void asksAgain();
    void restsAsLongAsItWaited();
    void saysWhatIsNotLookedFor();
};

void TestFamilySecrets::asksAgain_data()
{
    QTest::addColumn<QList<ErrorCode>>("errors");
    QTest::addColumn<QStringList>("asked"); // in three attempts
    const auto row = [](const char *name, const QList<ErrorCode> &errors, const char *asked) {
        QTest::newRow(name) << errors << QString::fromLatin1(asked).split(u' ');
    };
    row("known", {}, "b a");
    row("gone", {ErrorCode::NotFound}, "b a");
    row("locked", {ErrorCode::NotAllowed}, "b a b");
    row("locked, and others are not", {ErrorCode::NotAllowed, ErrorCode::NotFound}, "b a b");
    row("all locked", {ErrorCode::NotAllowed, ErrorCode::NotAllowed}, "b a b a");
    row("away", {ErrorCode::Io, ErrorCode::Io, ErrorCode::Io}, "b a b a b");
    row("not waited for", {ErrorCode::Cancelled}, "b b a");
}

void TestFamilySecrets::asksAgain()
{
    QFETCH(QList<ErrorCode>, errors);
    FakeClock clock;
    const Keyring keyring(clock, errors);
    const auto family = givenBefore(QStringLiteral("a b a"), clock);
    for (int attempt = 0; attempt < 3; ++attempt)
        (void)family->recall({QStringLiteral("b")}, keyring, {});
    QTEST(keyring.asked, "asked");
    const bool isGone = errors == QList<ErrorCode>{ErrorCode::NotFound};
    QCOMPARE(family->redactor()->redacted(QStringLiteral("value-of-b")),
             isGone ? QStringLiteral("value-of-b") : QStringLiteral("[secret b]"));
}

/// A person who is away does not keep a run from its work for longer than it takes anyway.
void TestFamilySecrets::restsAsLongAsItWaited()
{
    FakeClock clock;
    Keyring keyring(clock, {ErrorCode::NotAllowed});
    keyring.takes = std::chrono::seconds(60);
    const auto family = givenBefore(QStringLiteral("a"), clock);
    for (const int asked : {1, 1, 1, 2, 2}) {
        const Result<void> recalled = family->recall({}, keyring, {});
        QCOMPARE(recalled.ok(), asked == 2);
        QCOMPARE(keyring.asked.size(), asked);
        clock.advance(std::chrono::seconds(20));
    }
}

void TestFamilySecrets::saysWhatIsNotLookedFor()
{
    TaskRegistry registry = builtInTasks();
    addTask<TellingTask>(registry);
    FakeClock clock;
    Log log;
    RecordingJournal journal(log);
    const Keyring keyring(clock, {ErrorCode::NotAllowed, ErrorCode::NotAllowed});
    QStringList told;
    FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) {
        if (const auto *line = std::get_if<TaskLogged>(&event.what))
            told << toString(line->level) + u' ' + line->text;
    });
    Flow flow = flowOf(QStringLiteral("a,type=tell"));
    flow.tasks[0].retry = RetryPolicy{.maxAttempts = 4};
    const ExecutionOutcome outcome = engine.run(
        {.id = 7, .flow = flow, .secrets = &keyring, .familySecrets = givenBefore(QStringLiteral("a"), clock)});
    QCOMPARE(outcome.error, QStringLiteral("it was [secret a]"));
    QCOMPARE(told, QStringList{QStringLiteral("warning Secrets that this run was given before cannot be looked for in "
                                              "what its tasks say: the keyring is locked")});
}

QTEST_GUILESS_MAIN(TestFamilySecrets)
#include "tst_family_secrets.moc"
