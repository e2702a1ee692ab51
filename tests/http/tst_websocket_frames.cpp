// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/websocket_frames.h"
#include "tests/http/websocket_bytes.h"

#include <QTest>

#include <random>

using namespace http;

// Which frames of a client are messages, and which are refused.
class TestWebSocketFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesOffTheMask_data();
    void takesOffTheMask();
    void joinsFragments();
    void passesControlFramesBetweenFragments();
    void refuses_data();
    void refuses();
    void limitsTheMessage();
    void limitsTheFragments();
    void checksText();
    void ignoresWhatFollowsAClose();
    void mutationsReadTheSameWholeAndByteByByte();
};

namespace {

constexpr qint64 largest = 1000;
constexpr int mostFragments = 8;

struct Outcome
{
    QByteArray frames;
    CloseCode code = CloseCode::None;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

Outcome feed(const QByteArray &bytes, qsizetype piece, qint64 limit = largest)
{
    WebSocketFrames reader(limit, mostFragments);
    QList<WebSocketMessage> messages;
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size() && outcome.code == CloseCode::None; at += piece) {
        const QByteArray part = bytes.mid(at, piece);
        outcome.code = reader.read({part.constData(), std::size_t(part.size())}, messages);
    }
    for (const WebSocketMessage &message : std::as_const(messages))
        outcome.frames += serverFrame(0x80 | int(message.opcode), message.payload);
    return outcome;
}

} // namespace

void TestWebSocketFrames::takesOffTheMask_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {0, 1, 125, 126, 127, 65535, 65536, 70001})
        QTest::addRow("%lld", static_cast<long long>(size)) << size;
}

void TestWebSocketFrames::takesOffTheMask()
{
    QFETCH(qsizetype, size);
    QByteArray payload;
    for (qsizetype i = 0; i < size; ++i)
        payload.append(char('a' + i % 23));
    const Outcome outcome = feed(clientFrame(0x81, payload), 1009, 100'000);
    QCOMPARE(outcome.code, CloseCode::None);
    QCOMPARE(outcome.frames, serverFrame(0x81, payload));
}

void TestWebSocketFrames::joinsFragments()
{
    const QByteArray bytes = clientFrame(0x01, "Zwei \xc3") + clientFrame(0x00, "") + clientFrame(0x80, "\xa4hne")
        + clientFrame(0x02, "a") + clientFrame(0x80, "b");
    for (const qsizetype piece : {1, 3, 1000})
        QCOMPARE(feed(bytes, piece).frames, serverFrame(0x81, "Zwei \xc3\xa4hne") + serverFrame(0x82, "ab"));
}

void TestWebSocketFrames::passesControlFramesBetweenFragments()
{
    const QByteArray bytes = clientFrame(0x01, "a") + clientFrame(0x89, "ping") + clientFrame(0x80, "b");
    QCOMPARE(feed(bytes, 1).frames, serverFrame(0x89, "ping") + serverFrame(0x81, "ab"));
}

void TestWebSocketFrames::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
    row("unmasked", serverFrame(0x81, "abc"));
    row("unmasked, only the header", serverFrame(0x81, "abc").left(2));
    row("reserved bit 1", clientFrame(0xc1, "abc"));
    row("reserved bit 2", clientFrame(0xa1, "abc"));
    row("reserved bit 3", clientFrame(0x91, "abc"));
    row("reserved data opcode", clientFrame(0x83, "abc"));
    row("reserved control opcode", clientFrame(0x8b, "abc"));
    row("continuation of nothing", clientFrame(0x80, "abc"));
    row("message within a message", clientFrame(0x01, "abc") + clientFrame(0x81, "abc"));
    row("fragmented ping", clientFrame(0x09, "abc"));
    row("long ping", clientFrame(0x89, QByteArray(126, 'a')));
    row("close with half a code", clientFrame(0x88, "a"));
    row("close with a code that nobody may send", clientFrame(0x88, "\x03\xed"));
    row("length longer than needed, 16 bits", QByteArray("\x81\xfe\x00\x05mask", 8));
    row("length longer than needed, 64 bits", QByteArray("\x81\xff\x00\x00\x00\x00\x00\x00\x00\x05mask", 14));
}

void TestWebSocketFrames::refuses()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(feed(bytes, 1).code, CloseCode::ProtocolError);
    QCOMPARE(feed(bytes, bytes.size()).code, CloseCode::ProtocolError);
}

void TestWebSocketFrames::limitsTheMessage()
{
    QCOMPARE(feed(clientFrame(0x82, QByteArray(largest, 'a')), 100).code, CloseCode::None);
    const QByteArray larger = clientFrame(0x82, QByteArray(largest + 1, 'a'));
    QCOMPARE(feed(larger.left(8), 100).code, CloseCode::TooBig); // the header says enough
    QCOMPARE(feed(clientFrame(0x02, QByteArray(600, 'a')) + clientFrame(0x80, QByteArray(401, 'a')), 100).code,
             CloseCode::TooBig);
    QCOMPARE(feed(QByteArray("\x82\xff\xff\xff\xff\xff\xff\xff\xff\xffmask", 14), 100).code, CloseCode::TooBig);
}

void TestWebSocketFrames::limitsTheFragments()
{
    const QByteArray start = clientFrame(0x01, "");
    const QByteArray empty = clientFrame(0x00, "");
    QCOMPARE(feed(start + empty.repeated(mostFragments - 2) + clientFrame(0x80, "a"), 100).code, CloseCode::None);
    QCOMPARE(feed(start + empty.repeated(mostFragments), 100).code, CloseCode::PolicyViolation);
    // It counts anew for each message.
    QCOMPARE(feed((start + clientFrame(0x80, "")).repeated(mostFragments), 100).code, CloseCode::None);
}

void TestWebSocketFrames::checksText()
{
    QCOMPARE(feed(clientFrame(0x81, "\xc3\x28"), 100).code, CloseCode::InvalidText);
    QCOMPARE(feed(clientFrame(0x81, "\xed\xa0\x80"), 100).code, CloseCode::InvalidText); // a surrogate
    QCOMPARE(feed(clientFrame(0x81, "a\xc3"), 100).code, CloseCode::InvalidText); // cut off
    QCOMPARE(feed(clientFrame(0x82, "\xc3\x28"), 100).code, CloseCode::None); // binary may be anything
}

void TestWebSocketFrames::ignoresWhatFollowsAClose()
{
    const Outcome outcome = feed(clientFrame(0x88, "\x03\xe8") + clientFrame(0x81, "late"), 100);
    QCOMPARE(outcome.code, CloseCode::None);
    QCOMPARE(outcome.frames, serverFrame(0x88, "\x03\xe8"));
}

void TestWebSocketFrames::mutationsReadTheSameWholeAndByteByByte()
{
    const QByteArray seed = clientFrame(0x01, "Hallo ") + clientFrame(0x89, "p") + clientFrame(0x80, "W\xc3\xb6rld")
        + clientFrame(0x82, QByteArray(200, '\x7f')) + clientFrame(0x88, "\x03\xe8");
    std::mt19937 random(42); // always the same sequence
    int refused = 0;
    for (int round = 0; round < 50'000; ++round) {
        QByteArray bytes = seed;
        for (unsigned changes = random() % 4; changes > 0; --changes)
            bytes[qsizetype(random() % std::size_t(bytes.size()))] = char(random());
        const Outcome whole = feed(bytes, bytes.size());
        QCOMPARE(feed(bytes, 1), whole);
        QCOMPARE(feed(bytes, 1 + qsizetype(random() % 7)), whole);
        refused += whole.code != CloseCode::None;
    }
    QVERIFY(refused > 5000 && refused < 45'000);
}

QTEST_APPLESS_MAIN(TestWebSocketFrames)
#include "tst_websocket_frames.moc"
