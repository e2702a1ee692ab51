// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/session.h"
#include "server/database/worker_pool.h"
#include "server/usage/price_catalogue.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The price book in memory, while the database takes its time.
class TestPriceCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoMayNotBlockGetsWhatIsKnown();
    void aFullQueueIsAskedAgain();

private:
    TestDatabase m_database;
};

void TestPriceCatalogue::whoMayNotBlockGetsWhatIsKnown()
{
    WorkerPool workers(2, 100);
    PriceCatalogue catalogue(m_database.database(),
                             [&](std::function<void()> job) { return workers.post(std::move(job)); });
    catalogue.seed();
    const auto has = [](const PriceBook &book) {
        return book.find(u"vllm"_s, u"new"_s, QDateTime::currentDateTimeUtc()) != nullptr;
    };
    QVERIFY(!has(*catalogue.known()));

    database::Session owner({.url = m_database.ownerUrl()});
    owner.begin("SET LOCAL search_path = platform");
    owner.run("LOCK TABLE prices IN ACCESS EXCLUSIVE MODE", {}); // nobody can read it
    catalogue.forget();
    auto known = std::async(std::launch::async, [&] { return catalogue.known(); });
    const bool isAtOnce = known.wait_for(5s) == std::future_status::ready;
    auto current = std::async(std::launch::async, [&] { return catalogue.current(); }); // waits for the new row
    auto again = std::async(std::launch::async, [&] { return catalogue.known(); }); // although somebody is reading
    const bool isAtOnceAgain = again.wait_for(5s) == std::future_status::ready;
    owner.run("INSERT INTO prices (provider, model, valid_from, prices, source) "
              "VALUES ('vllm', 'new', now() - interval '1 day', '{\"input\": 1}', 'a test')",
              {});
    owner.commit();
    QVERIFY(isAtOnce);
    QVERIFY(isAtOnceAgain);
    QVERIFY(!has(*known.get()));
    QVERIFY(!has(*again.get()));
    QVERIFY(has(*current.get()));
    QTRY_VERIFY(has(*catalogue.known()));
    workers.drain();
}

// What changed is read by a worker, as soon as one takes the work.
void TestPriceCatalogue::aFullQueueIsAskedAgain()
{
    QList<std::function<void()>> taken;
    bool isFull = true;
    PriceCatalogue catalogue(m_database.database(), [&](std::function<void()> job) {
        if (!isFull)
            taken.append(std::move(job));
        return !isFull;
    });
    catalogue.seed();
    const auto old = catalogue.known();
    catalogue.forget();
    QCOMPARE(catalogue.known(), old);
    isFull = false;
    QCOMPARE(catalogue.known(), old);
    QCOMPARE(catalogue.known(), old);
    QCOMPARE(taken.size(), 1); // once is enough
    taken.takeFirst()();
    QVERIFY(catalogue.known() != old);
    QCOMPARE(taken.size(), 0);
}

QTEST_GUILESS_MAIN(TestPriceCatalogue)
#include "tst_price_catalogue.moc"
