// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/epoll_dispatcher.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <array>
#include <functional>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

// Qt's expectations of an event dispatcher, and the traps of epoll. Each test runs in a thread of its own with it.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firesTimersInOrder();
    void timersMayRemoveEachOther();
    void zeroTimersLetSocketsThrough();
    void tellsReadableFromWritable();
    void notifiersMayBeDeletedInHandlers();
    void aReusedDescriptorGetsNoOldEvents();
    void switchedOffNotifiersAreSilent();
    void survivesADescriptorClosedTooEarly();
    void wakesUpFromOtherThreads();
    void sleepsWhenThereIsNothingToDo();
    void remainingTime();
};

namespace {

// Runs body in a thread whose event loop is the dispatcher's; body ends it with QThread::currentThread()->exit().
bool run(const std::function<void()> &body)
{
    class Thread : public QThread
    {
    public:
        explicit Thread(std::function<void()> b) : m_body(std::move(b)) { }
        void run() override
        {
            m_body();
            m_code = exec();
        }
        int m_code = 0;

    private:
        const std::function<void()> m_body;
    } thread(body);
    thread.setEventDispatcher(http::makeEventDispatcher().release());
    thread.start();
    if (!thread.wait(20'000))
        qFatal("the event loop did not end");
    return thread.m_code == 0;
}

void leave() { QThread::currentThread()->exit(0); }

struct Pair
{
    std::array<int, 2> ends{-1, -1};

    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0)
            qFatal("no socket pair could be made");
    }
    ~Pair()
    {
        for (const int end : ends)
            ::close(end);
    }
    void write() const { QCOMPARE(::write(ends[1], "x", 1), 1); }
};

} // namespace

void TestEpollDispatcher::firesTimersInOrder()
{
    QByteArray order;
    QElapsedTimer clock;
    qint64 third = 0;
    QVERIFY(run([&] {
        clock.start();
        QTimer::singleShot(150, Qt::PreciseTimer, [&] {
            order += 'c';
            third = clock.elapsed();
            leave();
        });
        QTimer::singleShot(50, Qt::PreciseTimer, [&] { order += 'b'; });
        QTimer::singleShot(0, [&] { order += 'a'; });
    }));
    QCOMPARE(order, "abc");
    QVERIFY2(third >= 149 && third < 5000, QByteArray::number(third));
}

void TestEpollDispatcher::timersMayRemoveEachOther()
{
    int fired = 0;
    QVERIFY(run([&] {
        auto *context = new QObject;
        auto *first = new QTimer(context);
        auto *second = new QTimer(context);
        QObject::connect(first, &QTimer::timeout, [&fired, second] { // both are due in the same turn
            ++fired;
            delete second;
        });
        QObject::connect(second, &QTimer::timeout, [&fired, first] {
            ++fired;
            delete first;
        });
        first->start(10);
        second->start(10);
        QThread::msleep(30);
        QTimer::singleShot(100, [context] {
            delete context;
            leave();
        });
        first->setSingleShot(true);
        second->setSingleShot(true);
    }));
    QCOMPARE(fired, 1);
}

void TestEpollDispatcher::zeroTimersLetSocketsThrough()
{
    Pair pair;
    int turns = 0;
    QVERIFY(run([&] {
        auto *busy = new QTimer;
        QObject::connect(busy, &QTimer::timeout, [&] {
            if (++turns == 10)
                pair.write();
        });
        busy->start(0);
        auto *notifier = new QSocketNotifier(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(notifier, &QSocketNotifier::activated, [busy, notifier] {
            busy->deleteLater();
            notifier->deleteLater();
            leave();
        });
    }));
    QVERIFY(turns >= 10);
}

void TestEpollDispatcher::tellsReadableFromWritable()
{
    Pair pair;
    QByteArray events;
    QVERIFY(run([&] {
        auto *writable = new QSocketNotifier(pair.ends[0], QSocketNotifier::Write);
        auto *readable = new QSocketNotifier(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(writable, &QSocketNotifier::activated, [&events, &pair, writable] {
            events += 'w';
            writable->setEnabled(false);
            pair.write();
        });
        QObject::connect(readable, &QSocketNotifier::activated, [&events, readable, writable] {
            events += 'r';
            delete writable;
            readable->deleteLater();
            leave();
        });
    }));
    QCOMPARE(events, "wr");
}

void TestEpollDispatcher::notifiersMayBeDeletedInHandlers()
{
    Pair first, second;
    int fired = 0;
    QVERIFY(run([&] {
        static QSocketNotifier *notifiers[2];
        notifiers[0] = new QSocketNotifier(first.ends[0], QSocketNotifier::Read);
        notifiers[1] = new QSocketNotifier(second.ends[0], QSocketNotifier::Read);
        for (int i = 0; i < 2; ++i) {
            QObject::connect(notifiers[i], &QSocketNotifier::activated, [&fired, i] {
                ++fired;
                delete notifiers[1 - i]; // its event waits in the same turn
                notifiers[i]->deleteLater();
                leave();
            });
        }
        first.write();
        second.write();
    }));
    QCOMPARE(fired, 1);
}

void TestEpollDispatcher::aReusedDescriptorGetsNoOldEvents()
{
    Pair first, second;
    int wrong = 0;
    QVERIFY(run([&] {
        static QSocketNotifier *victim = nullptr;
        const auto replace = [&] {
            // The descriptor of the victim gets a new life, on which nothing has happened.
            delete victim;
            Pair fresh;
            const int number = second.ends[0];
            ::dup2(fresh.ends[0], number);
            static std::array<int, 2> keep;
            keep = {::dup(fresh.ends[0]), ::dup(fresh.ends[1])}; // so that it does not hang up
            victim = new QSocketNotifier(number, QSocketNotifier::Read);
            QObject::connect(victim, &QSocketNotifier::activated, [&wrong] { ++wrong; });
        };
        auto *notifier = new QSocketNotifier(first.ends[0], QSocketNotifier::Read);
        QObject::connect(notifier, &QSocketNotifier::activated, [notifier, replace] {
            replace();
            notifier->deleteLater();
            QTimer::singleShot(100, [] {
                delete victim;
                leave();
            });
        });
        victim = new QSocketNotifier(second.ends[0], QSocketNotifier::Read);
        QObject::connect(victim, &QSocketNotifier::activated, [] { victim->setEnabled(false); });
        first.write(); // first in epoll's list of what is ready
        second.write();
    }));
    QCOMPARE(wrong, 0);
}

void TestEpollDispatcher::switchedOffNotifiersAreSilent()
{
    Pair pair;
    int fired = 0;
    QVERIFY(run([&] {
        auto *notifier = new QSocketNotifier(pair.ends[0], QSocketNotifier::Read);
        QObject::connect(notifier, &QSocketNotifier::activated, [&fired, notifier] {
            if (++fired == 2) { // still readable after it was switched on again
                delete notifier;
                return leave();
            }
            notifier->setEnabled(false);
            QTimer::singleShot(100, notifier, [notifier] { notifier->setEnabled(true); });
        });
        pair.write();
    }));
    QCOMPARE(fired, 2);
}

void TestEpollDispatcher::survivesADescriptorClosedTooEarly()
{
    int fired = 0;
    QVERIFY(run([&] {
        std::array<int, 2> old{};
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, old.data());
        auto *forgotten = new QSocketNotifier(old[0], QSocketNotifier::Read);
        QTimer::singleShot(20, [&fired, old, forgotten] {
            ::close(old[0]); // before its notifier is switched off
            std::array<int, 2> fresh{};
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fresh.data());
            QVERIFY(fresh[0] == old[0]);
            delete forgotten;
            auto *notifier = new QSocketNotifier(fresh[0], QSocketNotifier::Read);
            QObject::connect(notifier, &QSocketNotifier::activated, [&fired, notifier, old, fresh] {
                ++fired;
                delete notifier;
                for (const int descriptor : {old[1], fresh[0], fresh[1]})
                    ::close(descriptor);
                leave();
            });
            QVERIFY(::write(fresh[1], "x", 1) == 1);
        });
    }));
    QCOMPARE(fired, 1);
}

void TestEpollDispatcher::wakesUpFromOtherThreads()
{
    int received = 0;
    std::vector<std::jthread> senders;
    QVERIFY(run([&] {
        auto *target = new QObject; // lives in this thread
        for (int sender = 0; sender < 4; ++sender) {
            senders.emplace_back([target, &received] {
                for (int i = 0; i < 5000; ++i) {
                    QMetaObject::invokeMethod(
                        target,
                        [target, &received] {
                            if (++received == 20'000) {
                                target->deleteLater();
                                leave();
                            }
                        },
                        Qt::QueuedConnection);
                }
            });
        }
    }));
    QCOMPARE(received, 20'000);
}

void TestEpollDispatcher::sleepsWhenThereIsNothingToDo()
{
    timespec used{};
    QVERIFY(run([&] {
        QTimer::singleShot(400, [&] {
            ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
            leave();
        });
    }));
    const qint64 microseconds = used.tv_sec * 1'000'000 + used.tv_nsec / 1000;
    QVERIFY2(microseconds < 100'000, QByteArray::number(microseconds)); // a busy loop would use 400 ms
}

void TestEpollDispatcher::remainingTime()
{
    int left = 0, unknown = 0;
    QVERIFY(run([&] {
        auto *timer = new QTimer;
        timer->start(100'000);
        left = timer->remainingTime();
        unknown = QAbstractEventDispatcher::instance()->remainingTime(987654);
        timer->stop();
        delete timer;
        QTimer::singleShot(0, [] { leave(); });
    }));
    QVERIFY2(left > 80'000 && left <= 100'000, QByteArray::number(left));
    QCOMPARE(unknown, -1);
}

QTEST_GUILESS_MAIN(TestEpollDispatcher)
#include "tst_epoll_dispatcher.moc"
