// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/request_parser.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <random>

using namespace http;

// What the parser takes, what it refuses and with which status, and that the way the bytes were cut makes no
// difference.
class TestRequestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAHead();
    void framing_data();
    void framing();
    void refuses_data();
    void refuses();
    void limits();
    void decodesChunks();
    void refusesChunks_data();
    void refusesChunks();
    void keepsToTheBodyLimit();
    void looksAtEachByteOnce();
    void mutationsReadTheSameWholeAndByteByByte();
};

namespace {

std::string_view view(const QByteArray &bytes) { return {bytes.constData(), std::size_t(bytes.size())}; }

Limits testLimits()
{
    Limits limits;
    limits.requestLine = 200;
    limits.head = 1000;
    limits.headerFields = 10;
    return limits;
}

// How one request ends: the status that refuses it, 0 while incomplete, or 200 with everything that was understood.
struct Outcome
{
    int status = 0;
    QByteArray understood;
    QByteArray body;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

QByteArray describe(std::string_view buffer, const RequestHead &head)
{
    const auto text = [&](RequestHead::Span span) {
        const auto part = HeadParser::text(buffer, span);
        return QByteArray(part.data(), qsizetype(part.size()));
    };
    QByteArray result = text(head.method) + '|' + text(head.target) + '|' + QByteArray::number(head.minorVersion);
    for (const RequestHead::Field &field : head.fields)
        result += '|' + text(field.name) + '=' + text(field.value);
    return result + '|' + QByteArray::number(int(head.framing)) + '|' + QByteArray::number(head.contentLength) + '|'
        + QByteArray::number(head.size) + (head.keepAlive ? "|keep" : "|close") + (head.expectContinue ? "|expect" : "")
        + (head.upgradeToWebSocket ? "|upgrade" : "");
}

// Feeds the bytes in pieces. Each piece lies in memory of its own size, so that a sanitizer sees any step too far.
Outcome feed(const QByteArray &bytes, qsizetype piece)
{
    const Limits limits = testLimits();
    HeadParser parser(limits);
    for (qsizetype end = std::min(piece, bytes.size());; end = std::min(end + piece, bytes.size())) {
        const auto copy = std::make_unique<char[]>(std::size_t(end));
        std::copy_n(bytes.constData(), end, copy.get());
        const std::string_view buffer{copy.get(), std::size_t(end)};
        const ParseResult result = parser.parse(buffer);
        if (result == ParseResult::Refused)
            return {.status = parser.status(), .understood = {}, .body = {}};
        if (result == ParseResult::Complete)
            break;
        if (end == bytes.size())
            return {};
    }
    Outcome outcome{.status = 200, .understood = describe(view(bytes), parser.head()), .body = {}};
    if (parser.head().framing != Framing::Chunked)
        return outcome;
    ChunkDecoder decoder(100);
    QByteArray waiting;
    for (qsizetype at = parser.head().size; at < bytes.size(); at += piece) {
        waiting += bytes.mid(at, piece);
        std::size_t used = 0;
        const ParseResult result = decoder.decode(view(waiting), used, outcome.body);
        waiting.remove(0, qsizetype(used));
        if (result == ParseResult::Complete)
            return outcome;
        if (result == ParseResult::Refused)
            return {.status = 1000 + decoder.status(), .understood = {}, .body = {}};
    }
    outcome.status = 100;
    return outcome;
}

} // namespace

void TestRequestParser::readsAHead()
{
    const QByteArray bytes =
        "\r\nPOST /a/b?c=d HTTP/1.1\r\nHost: example.org:80\r\nX-Empty:\r\nX-Text: \t two  words\t \r\n"
        "Content-Length: 12\r\nExpect: 100-Continue\r\n\r\nrest";
    QCOMPARE(
        feed(bytes, bytes.size()).understood,
        "POST|/a/b?c=d|1|Host=example.org:80|X-Empty=|X-Text=two  words|Content-Length=12|Expect=100-Continue|1|12|"
            + QByteArray::number(bytes.size() - 4) + "|keep|expect");
}

void TestRequestParser::framing_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("no body") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("|keep");
    QTest::newRow("close") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nConnection: te , CLOSE\r\n\r\n")
                           << QByteArray("|close");
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << QByteArray("|close");
    QTest::newRow("1.0 kept") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << QByteArray("|keep");
    QTest::newRow("upgrade") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: keep-alive, "
                                           "Upgrade\r\n\r\n")
                             << QByteArray("|upgrade");
    QTest::newRow("upgrade without Connection")
        << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n") << QByteArray("|keep");
    QTest::newRow("chunked") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n")
                             << QByteArray("|keep");
    QTest::newRow("OPTIONS *") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("|keep");
}

void TestRequestParser::framing()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, end);
    const Outcome outcome = feed(request, 1);
    QCOMPARE(outcome.status, 200);
    QVERIFY2(outcome.understood.endsWith(end), outcome.understood);
}

void TestRequestParser::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\n";
    row("length and chunks", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("chunks and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n", 400);
    row("two lengths", post + "Content-Length: 5\r\nContent-Length: 0\r\n\r\n", 400);
    row("same length twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400);
    row("list of lengths", post + "Content-Length: 5, 5\r\n\r\n", 400);
    row("signed length", post + "Content-Length: +5\r\n\r\n", 400);
    row("negative length", post + "Content-Length: -1\r\n\r\n", 400);
    row("hexadecimal length", post + "Content-Length: 0x10\r\n\r\n", 400);
    row("overflowing length", post + "Content-Length: 9223372036854775808\r\n\r\n", 400);
    row("empty length", post + "Content-Length:\r\n\r\n", 400);
    row("length with blank inside", post + "Content-Length: 1 0\r\n\r\n", 400);
    row("two transfer codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("unknown coding", post + "Transfer-Encoding: gzip\r\n\r\n", 501);
    row("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 501);
    row("coding after chunked", post + "Transfer-Encoding: chunked, identity\r\n\r\n", 501);
    row("vertical tab in coding", post + "Transfer-Encoding: \vchunked\r\n\r\n", 400);
    row("chunked 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("blank before colon", post + "Content-Length : 5\r\n\r\n", 400);
    row("no colon", post + "nonsense\r\n\r\n", 400);
    row("empty name", post + ": x\r\n\r\n", 400);
    row("folded line", post + "X-A: b\r\n c\r\n\r\n", 400);
    row("folded first line", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400);
    row("NUL in value", post + QByteArray("X-A: b\0c\r\n\r\n", 12), 400);
    row("bare CR in value", post + "X-A: b\rc\r\n\r\n", 400);
    row("delete in value", post + "X-A: b\x7f\r\n\r\n", 400);
    row("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400);
    row("one bare line feed", "GET / HTTP/1.1\r\nHost: x\n\r\n", 400);
    row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    row("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
    row("Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400);
    row("HTTP/9.9", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505);
    row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("HTTP/0.9", "GET /\r\n", 400);
    row("lower case protocol", "GET / http/1.1\r\nHost: x\r\n\r\n", 400);
    row("version with junk", "GET / HTTP/1.1x\r\nHost: x\r\n\r\n", 400);
    row("two blanks", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("blank in target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("fragment", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("raw UTF-8 in target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("absolute target", "GET http://evil/ HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("CONNECT", "CONNECT evil:443 HTTP/1.1\r\nHost: evil:443\r\n\r\n", 400);
    row("asterisk with GET", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("relative target", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("method with a colon", "GE:T / HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("endless method", QByteArray(50, 'A') + " / HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("TLS greeting", QByteArray("\x16\x03\x01\x02", 4), 400);
    row("empty lines for ever", "\r\n\r\n\r\n", 400);
    row("other expectation", post + "Expect: tea\r\n\r\n", 417);
    row("upgrade with a body",
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\nContent-Length: 3\r\n\r\n", 400);
}

void TestRequestParser::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QCOMPARE(feed(request, request.size()).status, status);
    QCOMPARE(feed(request, 1).status, status);
}

void TestRequestParser::limits()
{
    const auto line = [](qsizetype size) { // with CRLF
        return "GET /" + QByteArray(size - 16, 'a') + " HTTP/1.1\r\n";
    };
    QCOMPARE(line(200).size(), 200);
    QCOMPARE(feed(line(200) + "Host: x\r\n\r\n", 7).status, 200);
    QCOMPARE(feed(line(201) + "Host: x\r\n\r\n", 7).status, 414);
    QCOMPARE(feed(QByteArray(500, 'a'), 500).status, 414); // before a line has ended

    const QByteArray start = "GET / HTTP/1.1\r\nHost: x\r\nX: ";
    const qsizetype fill = 1000 - start.size() - 4;
    QCOMPARE(feed(start + QByteArray(fill, 'a') + "\r\n\r\n", 7).status, 200);
    QCOMPARE(feed(start + QByteArray(fill + 1, 'a') + "\r\n\r\n", 7).status, 431);
    QCOMPARE(feed(start + QByteArray(2000, 'a'), 2000).status, 431);

    const QByteArray nine = QByteArray("X: y\r\n").repeated(9);
    QCOMPARE(feed("GET / HTTP/1.1\r\nHost: x\r\n" + nine + "\r\n", 7).status, 200);
    QCOMPARE(feed("GET / HTTP/1.1\r\nHost: x\r\n" + nine + "X: y\r\n\r\n", 7).status, 431);
}

void TestRequestParser::decodesChunks()
{
    const QByteArray head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    const QByteArray chunks = "5\r\nabcde\r\n0A ; name=\"value\"\r\n0123456789\r\n000\r\nTrailer: x\r\n\r\nGET / next";
    for (const qsizetype piece : {qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(1000)}) {
        const Outcome outcome = feed(head + chunks, piece);
        QCOMPARE(outcome.status, 200);
        QCOMPARE(outcome.body, "abcde0123456789");
    }
    // What follows the last chunk belongs to the next request.
    ChunkDecoder decoder(100);
    QByteArray body;
    std::size_t used = 0;
    QCOMPARE(decoder.decode(view(chunks), used, body), ParseResult::Complete);
    QCOMPARE(chunks.mid(qsizetype(used)), "GET / next");
}

void TestRequestParser::refusesChunks_data()
{
    QTest::addColumn<QByteArray>("chunks");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &chunks, int status) {
        QTest::newRow(name) << chunks << status;
    };
    row("not a number", "zz\r\n\r\n", 400);
    row("negative", "-5\r\nabcde\r\n", 400);
    row("signed", "+5\r\nabcde\r\n", 400);
    row("prefix", "0x5\r\nabcde\r\n", 400);
    row("overflow", "FFFFFFFFFFFFFFFF\r\nabcde", 400);
    row("empty size", "\r\nabcde\r\n", 400);
    row("blank first", " 5\r\nabcde\r\n", 400);
    row("words after size", "5 abc\r\nabcde\r\n", 400);
    row("bare line feed after size", "5\nabcde\r\n", 400);
    row("data too long", "5\r\nabcdefg\r\n", 400);
    row("bare line feed after data", "5\r\nabcde\n0\r\n\r\n", 400);
    row("CR and no line feed after data", "5\r\nabcde\rx", 400);
    row("control in extension", "5;a\x01\r\nabcde\r\n", 400);
    row("bare CR in extension", "5;a\rb\r\nabcde\r\n", 400);
    row("endless extension", "5;" + QByteArray(300, 'a'), 400);
    row("endless extensions", ("1;" + QByteArray(200, 'a') + "\r\nx\r\n").repeated(90), 400);
    row("trailer without colon", "0\r\nnonsense\r\n\r\n", 400);
    row("endless trailer line", "0\r\nT: " + QByteArray(300, 'a'), 431);
    row("endless trailers", "0\r\n" + QByteArray("T: " + QByteArray(200, 'a') + "\r\n").repeated(100), 431);
    row("too much at once", "65\r\n", 413); // 101, and the limit is 100
    row("too much in all", QByteArray("20\r\n" + QByteArray(32, 'a') + "\r\n").repeated(4), 413);
}

void TestRequestParser::refusesChunks()
{
    QFETCH(QByteArray, chunks);
    QFETCH(int, status);
    const QByteArray head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    QCOMPARE(feed(head + chunks, 1).status, 1000 + status);
    QCOMPARE(feed(head + chunks, head.size() + chunks.size()).status, 1000 + status);
}

void TestRequestParser::keepsToTheBodyLimit()
{
    ChunkDecoder decoder(4);
    QByteArray body;
    std::size_t used = 0;
    QCOMPARE(decoder.decode("4\r\nabcd\r\n0\r\n\r\n", used, body), ParseResult::Complete);
    ChunkDecoder strict(3);
    QCOMPARE(strict.decode("4\r\nabcd\r\n0\r\n\r\n", used, body), ParseResult::Refused);
    QCOMPARE(strict.status(), 413);
    QCOMPARE(body, "abcd"); // nothing of what is too much was taken
}

// A head sent byte by byte must not cost quadratic time: each call may look at new bytes only.
void TestRequestParser::looksAtEachByteOnce()
{
    Limits limits;
    limits.head = 4 * 1024 * 1024;
    HeadParser parser(limits);
    QByteArray head = "GET / HTTP/1.1\r\nHost: x\r\nX: ";
    head += QByteArray(3 * 1024 * 1024, 'a');
    // 400,000 calls over 3 MiB: some 10 ms when linear; when not, CTest's time limit ends the program.
    for (qsizetype size = 1; size <= head.size(); size += 8)
        QCOMPARE(parser.parse(view(head).substr(0, std::size_t(size))), ParseResult::NeedMore);
}

void TestRequestParser::mutationsReadTheSameWholeAndByteByByte()
{
    const QByteArray seeds[] = {
        "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-A: b\r\n\r\n",
        "POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close, te\r\n\r\nabcde",
        "POST /e HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nabcde\r\n0\r\nT: v\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "PUT /e HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
    };
    const QByteArray pieces[] = {"\r\n",
                                 "\n",
                                 "\r",
                                 ":",
                                 " ",
                                 "\t",
                                 QByteArray(1, '\0'),
                                 "Content-Length: 3\r\n",
                                 "Transfer-Encoding: chunked\r\n",
                                 "0\r\n\r\n",
                                 "ffffffffffffffff",
                                 "Host: y\r\n",
                                 "-1",
                                 QByteArray(250, 'q'),
                                 QByteArray("Y: z\r\n").repeated(9)};
    std::mt19937 random(20240817); // always the same sequence
    const auto below = [&](std::size_t limit) { return qsizetype(random() % limit); };
    int understood = 0, refused = 0, incomplete = 0;
    for (int round = 0; round < 60'000; ++round) {
        QByteArray bytes = seeds[below(std::size(seeds))];
        for (qsizetype changes = below(6); changes > 0; --changes) {
            const qsizetype at = below(std::size_t(bytes.size()) + 1);
            switch (below(4)) {
            case 0:
                bytes.insert(at, pieces[below(std::size(pieces))]);
                break;
            case 1:
                if (at < bytes.size())
                    bytes[at] = char(random());
                break;
            case 2:
                bytes.remove(at, 1 + below(4));
                break;
            default:
                bytes.truncate(std::max<qsizetype>(at, 1));
            }
            if (bytes.isEmpty())
                bytes = "G";
        }
        const Outcome whole = feed(bytes, bytes.size());
        const Outcome single = feed(bytes, 1);
        const Outcome some = feed(bytes, 1 + below(9));
        QVERIFY2(whole == single && whole == some,
                 "whole " + QByteArray::number(whole.status) + ", byte by byte " + QByteArray::number(single.status)
                     + ": " + bytes.toPercentEncoding(" :/?="));
        ++(whole.status == 200 ? understood : whole.status == 0 || whole.status == 100 ? incomplete : refused);
    }
    // All three kinds must have been met often, or the mutations say little.
    QVERIFY2(understood > 5000 && refused > 5000 && incomplete > 2000,
             QByteArray::number(understood) + ' ' + QByteArray::number(refused) + ' ' + QByteArray::number(incomplete));
}

QTEST_APPLESS_MAIN(TestRequestParser)
#include "tst_request_parser.moc"
