// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/unstored_wishes.h"

#include "support/flow_test.h"

#include <QTest>

#include <vector>

using namespace flow;

namespace {

using What = UnstoredWish::What;

constexpr UnstoredEnds::Pauses quick{std::chrono::milliseconds(1), std::chrono::milliseconds(4)};
constexpr UnstoredEnds::Pauses never{std::chrono::hours(1), std::chrono::hours(1)};

/// Refuses each wish so many times.
struct Refuser
{
    int refusals = 0;
    mutable std::mutex mutex;
    std::vector<UnstoredWish> done = {};
    int asked = 0;

    bool carryOut(const UnstoredWish &wish)
    {
        const std::lock_guard lock(mutex);
        ++asked;
        if (refusals-- > 0)
            return false;
        done.push_back(wish);
        return true;
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
    void atTheEnd_data();
    void atTheEnd();
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
    UnstoredWishes wishes([](const UnstoredWish &) { return true; }, never);
    wishes.keep({7, What::Stop});
    wishes.keep({7, What::Stop});
    QCOMPARE(wishes.count(), 1);
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

QTEST_GUILESS_MAIN(TestUnstoredWishes)
#include "tst_unstored_wishes.moc"
