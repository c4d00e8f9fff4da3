// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/keyring_or_file.h"
#include "support/fake_clock.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

/// A store in memory that works, is not there, or is kept locked.
class FakeStore final : public SecretStore
{
public:
    using Secrets = QMap<QString, QString>;
    enum class State { Works, Absent, Locked, Cancelled };

    FakeStore(const QString &place, Secrets *secrets, const State *state)
        : m_place(place)
        , m_secrets(secrets)
        , m_state(state)
    {
    }

    Result<QString> secret(const QString &name, const CancelToken &) const override
    {
        if (const auto problem = this->problem())
            return *problem;
        return m_secrets->contains(name) ? Result<QString>(m_secrets->value(name)) : unknownSecret(name);
    }
    Result<void> set(const QString &name, const QString &value) override
    {
        if (const auto problem = this->problem())
            return *problem;
        m_secrets->insert(name, value);
        return {};
    }
    Result<void> remove(const QString &name) override
    {
        if (const auto problem = this->problem())
            return *problem;
        return m_secrets->remove(name) > 0 ? Result<void>() : Result<void>(unknownSecret(name));
    }
    Result<QStringList> names() const override
    {
        const auto problem = this->problem();
        return problem ? Result<QStringList>(*problem) : Result<QStringList>(m_secrets->keys());
    }
    QString place() const override { return m_place; }

private:
    std::optional<Error> problem() const
    {
        if (*m_state == State::Works)
            return std::nullopt;
        const ErrorCode codes[] = {ErrorCode::Internal, ErrorCode::Io, ErrorCode::NotAllowed, ErrorCode::Cancelled};
        return Error{.code = codes[int(*m_state)], .reason = QStringLiteral("no")};
    }

    QString m_place;
    Secrets *m_secrets;
    const State *m_state;
};

using State = FakeStore::State;

QString told(const FakeStore::Secrets &secrets)
{
    QStringList words;
    for (auto secret = secrets.begin(); secret != secrets.end(); ++secret)
        words << secret.key() + u'=' + secret.value();
    return words.join(u' ');
}

FakeStore::Secrets parse(const QString &words)
{
    FakeStore::Secrets secrets;
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts))
        secrets.insert(word.section(u'=', 0, 0), word.section(u'=', 1));
    return secrets;
}

} // namespace

/// The keyring where there is one, and the file.
class TestKeyringOrFile : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void does_data();
    void does();
    void asksAgainAfterAMinute();
    void fileThatCannotBeRead();
    void cancelledIsCancelled();
};

void TestKeyringOrFile::does_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("keyring");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("what");   // get NAME, set NAME, remove NAME, names, place
    QTest::addColumn<QString>("result"); // `!` and the code where it fails
    QTest::addColumn<QString>("after");  // keyring | file
    const auto row = [](const char *name, State state, const char *keyring, const char *file, const char *what,
                        const char *result, const char *after) {
        QTest::newRow(name) << int(state) << QString::fromLatin1(keyring) << QString::fromLatin1(file)
                            << QString::fromLatin1(what) << QString::fromLatin1(result) << QString::fromLatin1(after);
    };
    row("file first, which is newer", State::Works, "a=1", "a=2", "get a", "2", "a=1|a=2");
    row("then keyring", State::Works, "a=1", "b=2", "get a", "1", "a=1|b=2");
    row("neither", State::Works, "a=1", "b=2", "get c", "!NotFound", "a=1|b=2");
    row("no keyring", State::Absent, "", "b=2", "get b", "2", "|b=2");
    row("no keyring, neither", State::Absent, "", "b=2", "get c", "!NotFound", "|b=2");
    row("locked, in the file as well", State::Locked, "b=1", "b=2", "get b", "2", "b=1|b=2");
    row("locked, in the file", State::Locked, "", "b=2", "get b", "2", "|b=2");
    row("locked, not in the file", State::Locked, "a=1", "b=2", "get a", "!NotAllowed", "a=1|b=2");
    row("set in the keyring", State::Works, "", "b=2", "set a", "ok", "a=new|b=2");
    row("set moves to the keyring", State::Works, "", "a=1 b=2", "set a", "ok", "a=new|b=2");
    row("set without a keyring", State::Absent, "", "b=2", "set a", "ok", "|a=new b=2");
    row("set while it is locked", State::Locked, "", "a=1", "set a", "!NotAllowed", "|a=1");
    row("remove from the keyring", State::Works, "a=1", "b=2", "remove a", "ok", "|b=2");
    row("remove from the file", State::Works, "a=1", "b=2", "remove b", "ok", "a=1|");
    row("remove from both", State::Works, "a=1", "a=2", "remove a", "ok", "|");
    row("remove from neither", State::Works, "a=1", "b=2", "remove c", "!NotFound", "a=1|b=2");
    row("remove without a keyring", State::Absent, "", "b=2", "remove b", "ok", "|");
    row("remove while it is locked", State::Locked, "a=1", "b=2", "remove a", "!NotAllowed", "a=1|b=2");
    row("names of both", State::Works, "b=1 c=1", "a=2 b=2", "names", "a b c", "b=1 c=1|a=2 b=2");
    row("names without a keyring", State::Absent, "", "a=2", "names", "a", "|a=2");
    row("names while it is locked", State::Locked, "", "a=2", "names", "!NotAllowed", "|a=2");
    row("place", State::Works, "", "", "place", "keyring", "|");
    row("place without a keyring", State::Absent, "", "", "place", "file", "|");
}

void TestKeyringOrFile::does()
{
    QFETCH(int, state);
    QFETCH(QString, keyring);
    QFETCH(QString, file);
    QFETCH(QString, what);
    const State keyringState = State(state);
    const State works = State::Works;
    FakeStore::Secrets inKeyring = parse(keyring);
    FakeStore::Secrets inFile = parse(file);
    KeyringOrFile secrets(std::make_unique<FakeStore>(QStringLiteral("keyring"), &inKeyring, &keyringState),
                          std::make_unique<FakeStore>(QStringLiteral("file"), &inFile, &works));
    const auto wordOf = [](const auto &result, const QString &good) {
        if (result)
            return good;
        return result.error().code == ErrorCode::NotFound ? QStringLiteral("!NotFound") : QStringLiteral("!NotAllowed");
    };
    const QString name = what.section(u' ', 1);
    QString result;
    if (what.startsWith(u"get ")) {
        const Result<QString> value = secrets.secret(name, {});
        result = wordOf(value, value ? *value : QString());
    } else if (what.startsWith(u"set ")) {
        result = wordOf(secrets.set(name, QStringLiteral("new")), QStringLiteral("ok"));
    } else if (what.startsWith(u"remove ")) {
        result = wordOf(secrets.remove(name), QStringLiteral("ok"));
    } else if (what == u"names") {
        const Result<QStringList> names = secrets.names();
        result = wordOf(names, names ? names->join(u' ') : QString());
    } else {
        result = secrets.place();
    }
    QTEST(result, "result");
    QTEST(told(inKeyring) + u'|' + told(inFile), "after");
}

/// A keyring that was not there, because the desktop had just begun for instance, may be there later.
void TestKeyringOrFile::asksAgainAfterAMinute()
{
    State state = State::Absent;
    const State works = State::Works;
    test::FakeClock clock;
    FakeStore::Secrets inKeyring = parse(QStringLiteral("a=1"));
    FakeStore::Secrets inFile;
    KeyringOrFile secrets(std::make_unique<FakeStore>(QStringLiteral("keyring"), &inKeyring, &state),
                          std::make_unique<FakeStore>(QStringLiteral("file"), &inFile, &works), clock);
    QVERIFY(!secrets.secret(QStringLiteral("a"), {}));
    state = State::Works;
    clock.advance(std::chrono::seconds(59));
    QVERIFY(!secrets.secret(QStringLiteral("a"), {}));
    QCOMPARE(secrets.place(), QStringLiteral("file"));
    QVERIFY(secrets.set(QStringLiteral("b"), QStringLiteral("2")));
    QCOMPARE(told(inKeyring) + u'|' + told(inFile), QStringLiteral("a=1|b=2"));
    clock.advance(std::chrono::seconds(1));
    QCOMPARE(secrets.secret(QStringLiteral("a"), {}).value(), QStringLiteral("1"));
    QCOMPARE(secrets.place(), QStringLiteral("keyring"));
    QVERIFY(secrets.set(QStringLiteral("b"), QStringLiteral("3")));
    QCOMPARE(told(inKeyring) + u'|' + told(inFile), QStringLiteral("a=1 b=3|"));
}

/// What is in it may be newer than what is in the keyring.
void TestKeyringOrFile::fileThatCannotBeRead()
{
    const State works = State::Works;
    const State refused = State::Locked;
    FakeStore::Secrets inKeyring = parse(QStringLiteral("a=1"));
    FakeStore::Secrets inFile;
    const KeyringOrFile secrets(std::make_unique<FakeStore>(QStringLiteral("keyring"), &inKeyring, &works),
                                std::make_unique<FakeStore>(QStringLiteral("file"), &inFile, &refused));
    QCOMPARE(secrets.secret(QStringLiteral("a"), {}).error().code, ErrorCode::NotAllowed);
}

/// What waits for a locked keyring can be stopped at any time.
void TestKeyringOrFile::cancelledIsCancelled()
{
    const State state = State::Cancelled;
    const State works = State::Works;
    FakeStore::Secrets inKeyring;
    FakeStore::Secrets inFile = parse(QStringLiteral("b=1"));
    const KeyringOrFile secrets(std::make_unique<FakeStore>(QStringLiteral("keyring"), &inKeyring, &state),
                                std::make_unique<FakeStore>(QStringLiteral("file"), &inFile, &works));
    QVERIFY(secrets.secret(QStringLiteral("a"), {}).error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestKeyringOrFile)
#include "tst_keyring_or_file.moc"
