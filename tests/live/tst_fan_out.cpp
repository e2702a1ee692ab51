// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/fan_out.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString topic = u"channel/9c5f8b1e-0d3a-4d0a-9a54-6f6f7c1d2e3f"_s;

// As a live connection takes what is offered: what comes after its position, once.
struct Reader
{
    explicit Reader(qint64 position) : position(position) { }

    void offer(live::Broadcast &broadcast)
    {
        ++visits;
        if (broadcast.last() <= position)
            return;
        const QByteArray frames = broadcast.framesFor(caller, {topic}, position);
        position = broadcast.last();
        longest = std::max(longest, frames.size());
        static const QRegularExpression number(u"\"sequence\":(\\d+)"_s);
        for (const QRegularExpressionMatch &match : number.globalMatch(QString::fromUtf8(frames)))
            seen << match.captured(1).toLongLong();
    }

    Caller caller;
    qint64 position;
    QList<qint64> seen;
    qsizetype longest = 0; // bytes at a time
    int visits = 0;
};

QList<qint64> numbers(qint64 after, qint64 last)
{
    QList<qint64> all;
    for (qint64 i = after + 1; i <= last; ++i)
        all << i;
    return all;
}

} // namespace

class TestFanOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyoneGetsEachOnceWhoeverComesAndGoes();
    void whatComesMeanwhileGoesAlong();
    void whatIsTooMuchWaitsAndThenIsRefused();
    void nobodyIsThere();

private:
    QList<LoggedEvent> next(int count, qsizetype size = 20)
    {
        QList<LoggedEvent> events;
        for (int i = 0; i < count; ++i)
            events << LoggedEvent{{},
                                  ++m_last,
                                  topic,
                                  u"message.posted"_s,
                                  "{\"text\":\"" + QByteArray(size, 'x') + "\"}",
                                  QDateTime::currentDateTimeUtc()};
        return events;
    }

    qint64 m_last = 0;
};

void TestFanOut::everyoneGetsEachOnceWhoeverComesAndGoes()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 50; ++round) {
        live::FanOut<Reader> fanOut;
        std::vector<std::unique_ptr<Reader>> readers;
        QHash<const Reader *, qint64> began;
        const auto come = [&] {
            Reader *reader = readers.emplace_back(std::make_unique<Reader>(m_last)).get();
            began.insert(reader, m_last);
            fanOut.add(reader);
        };
        const auto check = [&](const Reader &reader) {
            QCOMPARE(reader.seen, numbers(began.value(&reader), reader.position));
        };
        come();
        for (int step = 0; step < 400; ++step) {
            switch (random.bounded(5)) {
            case 0:
                come();
                break;
            case 1:
                if (readers.size() > 1) {
                    const auto gone = readers.begin() + random.bounded(int(readers.size()));
                    check(**gone);
                    fanOut.remove(gone->get());
                    readers.erase(gone);
                }
                break;
            case 2:
                QVERIFY(fanOut.append(next(random.bounded(1, 4), random.bounded(30'000))));
                break;
            default:
                fanOut.advance(random.bounded(1, 8));
            }
        }
        while (!fanOut.isDone())
            fanOut.advance(5);
        for (const auto &reader : readers) {
            QCOMPARE(reader->position, m_last);
            check(*reader);
        }
    }
}

void TestFanOut::whatComesMeanwhileGoesAlong()
{
    live::FanOut<Reader> fanOut;
    std::vector<std::unique_ptr<Reader>> readers;
    for (int i = 0; i < 10; ++i)
        fanOut.add(readers.emplace_back(std::make_unique<Reader>(m_last)).get());
    fanOut.append(next(1));
    fanOut.advance(5);
    fanOut.append(next(1));
    fanOut.advance(5); // the other half gets both at once
    fanOut.advance(5); // and this one is through with the second
    QVERIFY(fanOut.isDone());
    int visits = 0;
    for (const auto &reader : readers) {
        QCOMPARE(reader->position, m_last);
        visits += reader->visits;
    }
    QCOMPARE(visits, 15);
}

void TestFanOut::whatIsTooMuchWaitsAndThenIsRefused()
{
    live::FanOut<Reader> fanOut;
    Reader one(m_last), other(m_last);
    const qint64 before = m_last;
    fanOut.add(&one);
    fanOut.add(&other);
    while (fanOut.append(next(10, 10'000)))
        QVERIFY2(m_last - before < 1000, "never too much");
    const qint64 taken = m_last - 10;
    QVERIFY(taken - before > 300); // 4 MiB
    while (!fanOut.isDone())
        fanOut.advance(1);
    for (const Reader *reader : {&one, &other}) {
        QCOMPARE(reader->seen, numbers(before, taken));
        QVERIFY2(reader->longest < 100'000, qPrintable(QString::number(reader->longest)));
    }
    // What was refused is read from the log, and goes on from there.
    m_last = taken;
    QVERIFY(fanOut.append(next(3)));
    while (!fanOut.isDone())
        fanOut.advance(1);
    QCOMPARE(one.seen, numbers(before, taken + 3));
}

void TestFanOut::nobodyIsThere()
{
    live::FanOut<Reader> fanOut;
    Reader one(m_last);
    fanOut.add(&one);
    QVERIFY(fanOut.append(next(100, 10'000)));
    fanOut.remove(&one);
    fanOut.advance(1);
    QVERIFY(fanOut.isDone());
    fanOut.add(&one);
    one.position = m_last;
    QVERIFY(fanOut.append(next(1)));
    fanOut.advance(1);
    fanOut.advance(1);
    QVERIFY(fanOut.isDone());
    QCOMPARE(one.seen, QList<qint64>{m_last});
}

QTEST_GUILESS_MAIN(TestFanOut)
#include "tst_fan_out.moc"
