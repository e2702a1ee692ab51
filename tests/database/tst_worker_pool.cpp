// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/worker_pool.h"

#include <QTest>

#include <atomic>
#include <latch>

using namespace Qt::StringLiterals;

class TestWorkerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsEverythingOnItsThreads();
    void refusesWhatDoesNotFit();
    void finishesWhatItAcceptedWhenDrained();
    void survivesAnException();
    void lanesTakeTurns();
    void oneLaneHoldsOneThread();
};

void TestWorkerPool::runsEverythingOnItsThreads()
{
    std::atomic<int> done = 0;
    std::latch both(2); // two jobs can only pass it together
    {
        WorkerPool pool(2, 1000);
        for (int i = 0; i < 2; ++i)
            QVERIFY(pool.post([&] { both.arrive_and_wait(); }));
        for (int i = 0; i < 500; ++i)
            QVERIFY(pool.post([&] { ++done; }));
    }
    QCOMPARE(done.load(), 500);
}

void TestWorkerPool::refusesWhatDoesNotFit()
{
    std::latch started(1), release(1);
    std::atomic<int> done = 0;
    WorkerPool pool(1, 2);
    QVERIFY(pool.post([&] {
        started.count_down();
        release.wait();
    }));
    started.wait();
    QVERIFY(pool.post([&] { ++done; }));
    QVERIFY(pool.post([&] { ++done; }));
    QVERIFY(!pool.post([&] { ++done; }));
    QCOMPARE(pool.waiting(), 2);
    release.count_down();
    QTRY_COMPARE(done.load(), 2);
    QVERIFY(pool.post([&] { ++done; }));
    QTRY_COMPARE(done.load(), 3);
}

void TestWorkerPool::finishesWhatItAcceptedWhenDrained()
{
    std::atomic<int> done = 0;
    WorkerPool pool(2, 100);
    for (int i = 0; i < 100; ++i)
        QVERIFY(pool.post([&] { ++done; }));
    pool.drain();
    QCOMPARE(done.load(), 100);
    QVERIFY(!pool.post([&] { ++done; }));
    pool.drain();
    QCOMPARE(done.load(), 100);
}

void TestWorkerPool::survivesAnException()
{
    std::atomic<int> done = 0;
    WorkerPool pool(1, 10);
    QTest::ignoreMessage(QtCriticalMsg, "A job ended with an exception: on purpose");
    QTest::ignoreMessage(QtCriticalMsg, "A job ended with an exception");
    QVERIFY(pool.post([] { throw std::runtime_error("on purpose"); }));
    QVERIFY(pool.post([] { throw 1; }));
    QVERIFY(pool.post([&] { ++done; }));
    pool.drain();
    QCOMPARE(done.load(), 1);
}

void TestWorkerPool::lanesTakeTurns()
{
    std::latch started(1), release(1);
    QString order; // written by the pool's only thread
    WorkerPool pool(1, 9);
    QVERIFY(pool.post([&] {
        started.count_down();
        release.wait();
    }));
    started.wait();
    const auto add = [&](QChar name, const QByteArray &lane) { return pool.post([&, name] { order += name; }, lane); };
    for (const QChar guess : u"12345"_s)
        QVERIFY(add(guess, "flooded"));
    QVERIFY(add('a', "other"));
    QVERIFY(add('x', {}));
    QVERIFY(add('b', "other"));
    QVERIFY(add('y', {}));
    QVERIFY(!add('z', "third")); // the bound is of all lanes together
    QCOMPARE(pool.waiting(), 9);
    release.count_down();
    pool.drain();
    QCOMPARE(order, u"1axy2b345"_s);
}

void TestWorkerPool::oneLaneHoldsOneThread()
{
    std::latch started(1), release(1);
    std::atomic<int> ofLane = 0, ofOthers = 0;
    WorkerPool pool(2, 10);
    QVERIFY(pool.post(
        [&] {
            started.count_down();
            release.wait();
            ++ofLane;
        },
        "flooded"));
    started.wait();
    for (int i = 0; i < 2; ++i)
        QVERIFY(pool.post([&] { ++ofLane; }, "flooded"));
    for (int i = 0; i < 3; ++i)
        QVERIFY(pool.post([&] { ++ofOthers; }, "other"));
    QTRY_COMPARE(ofOthers.load(), 3);
    QCOMPARE(ofLane.load(), 0); // the second thread was free for them, and did not take what comes after the first
    release.count_down();
    pool.drain();
    QCOMPARE(ofLane.load(), 3);
}

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_worker_pool.moc"
