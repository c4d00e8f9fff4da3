// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/unstored_wishes.h"

#include "support/flow_test.h"

#include <QTest>

#include <atomic>
#include <vector>

using namespace flow;

namespace {

using What = UnstoredWish::What;
using Outcome = UnstoredWishes::Outcome;

constexpr UnstoredEnds::Pauses quick{std::chrono::milliseconds(1), std::chrono::milliseconds(4)};
constexpr UnstoredEnds::Pauses never{std::chrono::hours(1), std::chrono::hours(1)};

/// Refuses each wish so many times.
struct Refuser
{
    int refusals = 0;
    mutable std::mutex mutex;
    std::vector<UnstoredWish> done = {};
    int asked = 0;
    Outcome refusal = Outcome::Refused;

    Outcome carryOut(const UnstoredWish &wish)
    {
        const std::lock_guard lock(mutex);
        ++asked;
        if (refusals-- > 0)
            return refusal;
        done.push_back(wish);
        return Outcome::Done;
    }
    size_t count() const
    {
        const std::lock_guard lock(mutex);
        return done.size();
    }
};

} // namespace

class TestUnstoredWishes : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void carriedOutLater_data();
    void carriedOutLater();
    void saidTwice();
    void saidAgainMeanwhile();
    void atTheEnd_data();
    void atTheEnd();
    void atTheEndOfAStoreThatIsAway();
};

void TestUnstoredWishes::carriedOutLater_data()
{
    QTest::addColumn<int>("refusals");
    QTest::newRow("the next time") << 0;
    QTest::newRow("once more refused") << 1;
    QTest::newRow("refused for long") << 20;
}

void TestUnstoredWishes::carriedOutLater()
{
    QFETCH(int, refusals);
    Refuser refuser{refusals};
    UnstoredWishes wishes([&](const UnstoredWish &wish) { return refuser.carryOut(wish); }, quick);
    wishes.keep({7, What::Pause});
    wishes.keep({3, What::Stop});
    QTRY_COMPARE(refuser.count(), size_t(2));
    QTRY_COMPARE(wishes.count(), 0);
    QCOMPARE(refuser.asked, refusals + 2); // done is done
    wishes.keep({3, What::Pause});         // it starts anew
    QTRY_COMPARE(refuser.count(), size_t(3));
}

void TestUnstoredWishes::saidTwice()
{
    UnstoredWishes wishes([](const UnstoredWish &) { return Outcome::Done; }, never);
    wishes.keep({7, What::Stop});
    wishes.keep({7, What::Stop});
    QCOMPARE(wishes.count(), 1);
}

/// It was carried out, and then wanted once more before that was known.
void TestUnstoredWishes::saidAgainMeanwhile()
{
    std::atomic<int> asked = 0;
    UnstoredWishes *self = nullptr;
    UnstoredWishes wishes(
        [&](const UnstoredWish &wish) {
            if (++asked == 1)
                self->keep(wish);
            return Outcome::Done;
        },
        quick);
    self = &wishes;
    wishes.keep({7, What::Stop});
    QTRY_COMPARE(asked.load(), 2);
    QTRY_COMPARE(wishes.count(), 0);
}

void TestUnstoredWishes::atTheEnd_data()
{
    QTest::addColumn<int>("refusals");
    QTest::newRow("it can be done now") << 0;
    QTest::newRow("it still cannot be done") << 1;
}

/// A last try; what is lost is said.
void TestUnstoredWishes::atTheEnd()
{
    QFETCH(int, refusals);
    Refuser refuser{refusals};
    UnstoredWishes wishes([&](const UnstoredWish &wish) { return refuser.carryOut(wish); }, never);
    wishes.keep({7, What::Stop});
    if (refusals > 0)
        QTest::ignoreMessage(QtWarningMsg, "What was asked of 1 executions could not be done before the program ended");
    wishes.stop();
    QCOMPARE(refuser.asked, 1);
    wishes.keep({8, What::Stop}); // nobody is left to do it
    QCOMPARE(wishes.count(), refusals);
}

/// A locked database takes its time to say so; it is asked once only.
void TestUnstoredWishes::atTheEndOfAStoreThatIsAway()
{
    Refuser refuser{10};
    refuser.refusal = Outcome::StoreUnusable;
    UnstoredWishes wishes([&](const UnstoredWish &wish) { return refuser.carryOut(wish); }, never);
    for (const ExecutionId id : {7, 8, 9})
        wishes.keep({id, What::Stop});
    QTest::ignoreMessage(QtWarningMsg, "What was asked of 3 executions could not be done before the program ended");
    wishes.stop();
    QCOMPARE(refuser.asked, 1);
    QCOMPARE(wishes.count(), 3);
}

QTEST_GUILESS_MAIN(TestUnstoredWishes)
#include "tst_unstored_wishes.moc"
