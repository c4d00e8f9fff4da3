// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/background_work.h"

#include "service_fixture.h"
#include "support/flow_test.h"

#include <stdexcept>

using namespace flow;

namespace {

enum class Throws { Nothing, Exception, SomethingElse };

void maybeThrow(Throws what)
{
    if (what == Throws::Exception)
        throw std::runtime_error("no luck");
    if (what == Throws::SomethingElse)
        throw 7;
}

void expectLogged(Throws what)
{
    if (what == Throws::Exception)
        QTest::ignoreMessage(QtCriticalMsg, "Work in the background failed: no luck");
    if (what == Throws::SomethingElse)
        QTest::ignoreMessage(QtCriticalMsg, "Work in the background failed: an exception that carries no text");
}

/// What came out of the future, in a word or two; `hangs` when nothing did.
template <typename Value>
QString outcome(const QFuture<Value> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }))
        return QStringLiteral("hangs");
    try {
        if constexpr (std::is_void_v<Value>) {
            QFuture<Value>(future).waitForFinished();
            return QStringLiteral("done");
        } else if constexpr (std::is_same_v<Value, int>) {
            return QString::number(future.result());
        } else {
            const Value value = future.result();
            return value ? QStringLiteral("ok") : value.error().text();
        }
    } catch (const std::runtime_error &error) {
        return QStringLiteral("thrown: ") + QString::fromLatin1(error.what());
    } catch (int number) {
        return QStringLiteral("thrown: %1").arg(number);
    }
}

} // namespace

/// Work in the background always ends its future, also when it throws.
class TestBackgroundWork : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void endsItsFuture_data();
    void endsItsFuture();
    void threadsGoOn();
};

void TestBackgroundWork::endsItsFuture_data()
{
    QTest::addColumn<Throws>("what");
    QTest::addColumn<QStringList>("expected"); // of Result<int>, Result<void>, int, void
    const auto failed = [](const char *what) {
        return QStringLiteral("The program failed at this (%1); its log says when. Try again, or restart the program")
            .arg(QLatin1String(what));
    };
    const QString known = failed("no luck");
    const QString unknown = failed("an exception that carries no text");
    const auto q = [](const char *text) { return QString::fromLatin1(text); };
    QTest::newRow("nothing") << Throws::Nothing << QStringList{q("ok"), q("ok"), q("3"), q("done")};
    QTest::newRow("exception") << Throws::Exception
                               << QStringList{known, known, q("thrown: no luck"), q("thrown: no luck")};
    QTest::newRow("something else") << Throws::SomethingElse
                                    << QStringList{unknown, unknown, q("thrown: 7"), q("thrown: 7")};
}

void TestBackgroundWork::endsItsFuture()
{
    QFETCH(Throws, what);
    QFETCH(QStringList, expected);
    const ServiceFixture service;
    for (int kind = 0; kind < 4; ++kind)
        expectLogged(what);
    QCOMPARE(outcome(service->async([what]() -> Result<int> {
                 maybeThrow(what);
                 return 3;
             })),
             expected[0]);
    QCOMPARE(outcome(service->async([what]() -> Result<void> {
                 maybeThrow(what);
                 return {};
             })),
             expected[1]);
    QCOMPARE(outcome(service->async([what] {
                 maybeThrow(what);
                 return 3;
             })),
             expected[2]);
    QCOMPARE(outcome(service->async([what] { maybeThrow(what); })), expected[3]);
}

void TestBackgroundWork::threadsGoOn()
{
    const ServiceFixture service;
    for (int number = 0; number < 20; ++number)
        expectLogged(Throws::Exception);
    QList<QFuture<Result<void>>> failing;
    for (int number = 0; number < 20; ++number) // more than there are threads
        failing << service->async([]() -> Result<void> { throw std::runtime_error("no luck"); });
    for (const QFuture<Result<void>> &future : failing)
        QTRY_VERIFY(future.isFinished());
    QCOMPARE(outcome(service->async([] { return 4; })), QStringLiteral("4"));
}

QTEST_GUILESS_MAIN(TestBackgroundWork)
#include "tst_background_work.moc"
