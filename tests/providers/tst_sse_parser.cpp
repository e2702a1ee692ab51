// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/sse_parser.h"

#include <QTest>

using providers::ServerSentEvent;
using providers::SseParser;
using Events = QList<QPair<QByteArray, QByteArray>>; // name, data

class TestSseParser : public QObject
{
    Q_OBJECT

    static Events parse(const QByteArray &bytes, qsizetype chunk)
    {
        SseParser parser;
        Events result;
        for (qsizetype at = 0; at < bytes.size(); at += chunk) {
            for (const ServerSentEvent &event :
                 parser.feed(QByteArrayView(bytes).sliced(at, qMin(chunk, bytes.size() - at))))
                result.append({event.name, event.data});
        }
        return result;
    }

private Q_SLOTS:
    void events_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Events>("expected");
        QTest::newRow("one") << QByteArray("data: a\n\n") << Events{{"", "a"}};
        QTest::newRow("no space") << QByteArray("data:a\n\n") << Events{{"", "a"}};
        QTest::newRow("only the first space goes") << QByteArray("data:  a\n\n") << Events{{"", " a"}};
        QTest::newRow("name") << QByteArray("event: ping\ndata: {}\n\n") << Events{{"ping", "{}"}};
        QTest::newRow("name does not stay")
            << QByteArray("event: x\ndata: 1\n\ndata: 2\n\n") << Events{{"x", "1"}, {"", "2"}};
        QTest::newRow("lines") << QByteArray("data: a\ndata: b\n\n") << Events{{"", "a\nb"}};
        QTest::newRow("empty data") << QByteArray("data\n\n") << Events{{"", ""}};
        QTest::newRow("empty lines of data") << QByteArray("data\ndata\n\n") << Events{{"", "\n"}};
        QTest::newRow("no data, no event") << QByteArray("event: x\n\n") << Events{};
        QTest::newRow("comment") << QByteArray(": keep-alive\n\n:\ndata: a\n\n") << Events{{"", "a"}};
        QTest::newRow("id, retry, unknown") << QByteArray("id: 1\nretry: 5\nfoo: x\ndata: a\n\n") << Events{{"", "a"}};
        QTest::newRow("crlf") << QByteArray("data: a\r\n\r\ndata: b\r\n\r\n") << Events{{"", "a"}, {"", "b"}};
        QTest::newRow("cr") << QByteArray("data: a\r\rdata: b\r\r") << Events{{"", "a"}, {"", "b"}};
        QTest::newRow("mixed") << QByteArray("data: a\r\n\ndata: b\r\r\n") << Events{{"", "a"}, {"", "b"}};
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "data: a\n\n")
                                         << Events{{"", "a"}};
        QTest::newRow("mark only at the start") << QByteArray("data: a\n\n\xEF\xBB\xBF"
                                                              "data: b\n\n")
                                                << Events{{"", "a"}};
        QTest::newRow("unfinished event") << QByteArray("data: a\n\ndata: b\n") << Events{{"", "a"}};
        QTest::newRow("unfinished line") << QByteArray("data: a\n\ndata: b") << Events{{"", "a"}};
        QTest::newRow("utf-8") << QByteArray("data: žluťoučký 🐎\n\n") << Events{{"", "žluťoučký 🐎"}};
        QTest::newRow("colon in data") << QByteArray("data: a: b\n\n") << Events{{"", "a: b"}};
    }

    // The chunks in which bytes arrive must not matter.
    void events()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Events, expected);
        for (qsizetype chunk = 1; chunk <= bytes.size(); ++chunk)
            QCOMPARE(parse(bytes, chunk), expected);
    }

    void boundsOneEvent()
    {
        SseParser line(100);
        QCOMPARE(line.feed("data: ok\n\n").size(), 1);
        for (int i = 0; i < 10; ++i)
            QVERIFY(line.feed(QByteArray(20, 'x')).isEmpty());
        QVERIFY(line.isOverflowed());
        QVERIFY(line.feed("\n\ndata: late\n\n").isEmpty());

        SseParser lines(100);
        QVERIFY(lines.feed(QByteArray("data: 0123456789\n").repeated(20)).isEmpty());
        QVERIFY(lines.isOverflowed());

        SseParser many(100); // many small ones are no large one
        QCOMPARE(many.feed(QByteArray("data: 0123456789\n\n").repeated(1000)).size(), 1000);
        QVERIFY(!many.isOverflowed());
    }
};

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sse_parser.moc"
