// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/connection.h"

#include "server/http/edge_answers.h"
#include "server/http/guard.h"

#include <QLoggingCategory>

#include <exception>

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcConnection, "server.http")

constexpr qint64 readAhead = 4 * 1024; // taken in of a following request while one is being answered
constexpr qint64 flushAt = 64 * 1024; // gathered for pipelined requests before it is sent
constexpr qint64 streamLimit = 8 * 1024 * 1024; // unsent bytes of a stream whose handler does not wait for the reader

bool mayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

Response internalError() { return problem(500, "internal", "Something went wrong in the server. Its log says what."); }

} // namespace

Connection::Connection(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission,
                       const QHostAddress &peer, quint16 peerPort)
    : Link(guard, std::move(transport), std::move(admission)),
      m_charge(guard.registry()),
      m_peer(peer),
      m_peerPort(peerPort),
      m_reader(guard.options()),
      m_since(guard.now())
{
}

Connection::~Connection()
{
    if (m_transport)
        m_transport->setUser(nullptr);
    if (Exchange *exchange = std::exchange(m_exchange, nullptr))
        exchange->clientLeft(true);
}

void Connection::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    m_since = m_guard.now();
    wake();
}

bool Connection::wantsRequest() const
{
    return (m_state == State::Idle || m_state == State::Head || m_state == State::Body)
        && unsent() <= m_guard.limits().unsent;
}

void Connection::onReadable()
{
    m_guard.keepUnsentLimit();
    if (m_state == State::Gone)
        return;
    QByteArray &scratch = m_guard.scratch();
    qint64 room = scratch.size();
    if (m_state != State::Closing && !wantsRequest()) {
        room = readAhead - m_reader.unread();
        if (room <= 0)
            return m_transport->setReading(false);
    }
    const qint64 n = m_transport->read(scratch.data(), std::min<qint64>(room, scratch.size()));
    if (n < 0)
        return peerFinished();
    if (m_state == State::Closing)
        return discard(n);
    process({scratch.constData(), std::size_t(n)});
}

void Connection::peerFinished()
{
    m_peerFinished = true;
    m_keepAlive = false;
    switch (m_state) {
    case State::Answering:
        // Either it has left, or it has only closed its sending side: let the handler know, and if an answer comes
        // nevertheless, send it.
        m_exchange->clientLeft(false);
        return;
    case State::Idle:
        if (unsent())
            return close();
        break;
    case State::Closing:
        if (unsent())
            return;
        break;
    case State::Streaming:
        return m_transport->abort();
    default:
        break;
    }
    m_transport->close();
}

void Connection::process(std::string_view fresh)
{
    m_reader.feed(fresh);
    m_processing = true;
    while (m_reader.unread() && wantsRequest() && processNext()) { }
    m_processing = false;
    if (m_state == State::Gone)
        return;
    if (m_state == State::Upgrading)
        return becomeWebSocket();
    if (m_state != State::Closing)
        m_reader.keepRest();
    const bool reading = m_state == State::Head || m_state == State::Body;
    if (reading && !m_charge.set(m_reader.held()))
        return refuse(503);
    if (unsent())
        flush();
}

// False: nothing can be done with what is there.
bool Connection::processNext()
{
    if (m_state == State::Idle)
        setState(State::Head);
    switch (m_reader.next()) {
    case RequestReader::Result::NeedMore:
        return false;
    case RequestReader::Result::Refused:
        refuse(m_reader.status());
        return false;
    case RequestReader::Result::BodyFollows:
        setState(State::Body);
        if (m_reader.head().expectContinue) {
            m_transport->write("HTTP/1.1 100 Continue\r\n\r\n");
            flush();
        }
        return true;
    case RequestReader::Result::Upgrade:
        upgrade();
        return false;
    case RequestReader::Result::Complete:
        dispatch();
        return true;
    }
    return false;
}

void Connection::upgrade()
{
    Request &request = m_reader.request();
    request.peer = m_peer;
    request.peerPort = m_peerPort;
    request.secure = m_transport->secure();
    if (const int status = upgradeRefused())
        refuse(status);
    else
        setState(State::Upgrading); // process() goes on with what follows the head
}

// RFC 6455, section 4.2.1; 0: not refused.
int Connection::upgradeRefused()
{
    const ServerOptions &options = m_guard.options();
    const Request &request = m_reader.request();
    if (!options.upgradeCheck || !options.onWebSocket)
        return 404;
    if (request.header("Sec-WebSocket-Version") != "13")
        return 426;
    const QByteArray key = request.header("Sec-WebSocket-Key");
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    if (request.method != "GET" || !decoded || decoded.decoded.size() != 16)
        return 400;
    if (m_guard.draining())
        return 503;
    try {
        return options.upgradeCheck(request);
    } catch (const std::exception &error) {
        qCCritical(lcConnection, "The check of an upgrade failed: %s", error.what());
        return 500;
    }
}

void Connection::becomeWebSocket()
{
    setState(State::Gone);
    const QByteArray early = m_reader.takeRest();
    m_guard.upgrade(std::move(m_transport), std::move(m_admission), m_reader.take(), early);
    m_guard.retire(*this);
}

void Connection::dispatch()
{
    const RequestHead &head = m_reader.head();
    m_keepAlive = head.keepAlive;
    m_http10 = head.minorVersion == 0;
    Request request = m_reader.take();
    request.peer = m_peer;
    request.peerPort = m_peerPort;
    request.secure = m_transport->secure();
    m_headOnly = request.method == "HEAD";
    if (!m_charge.set(request.body.size()))
        return refuse(503);
    setState(State::Answering);
    m_answerBy = m_guard.now() + m_guard.limits().answerTime.count();
    m_call = m_guard.bridge().submit(request.method, m_reader.target());
    if (!m_call)
        return refuse(400);
    m_guard.registry().served.fetch_add(1, std::memory_order_relaxed);
    const auto exchange = Exchange::create(std::move(request), this, m_guard.mailbox());
    m_exchange = exchange.get();
    try {
        m_guard.options().handler(exchange);
    } catch (const std::exception &error) {
        qCCritical(lcConnection, "A handler failed: %s", error.what());
        exchange->reply(internalError());
    } catch (...) {
        qCCritical(lcConnection, "A handler failed");
        exchange->reply(internalError());
    }
}

void Connection::refuse(int status)
{
    m_guard.registry().rejected.fetch_add(1, std::memory_order_relaxed);
    m_transport->write(edgeAnswer(status));
    m_keepAlive = false;
    close();
}

// Everything but the framing and the empty line.
QByteArray Connection::openHead(int status, const HeaderList &headers)
{
    const bool safe = areSafe(headers);
    if (!safe)
        qCCritical(lcConnection, "A handler set a header field with a line break; all fields are left out");
    QByteArray head = m_call->head(status, safe ? headers : HeaderList{});
    head.append(m_guard.date());
    appendEdgeFields(head, headers, m_transport->secure());
    m_keepAlive = m_keepAlive && !m_guard.draining();
    if (!m_keepAlive)
        head.append("Connection: close\r\n");
    else if (m_http10)
        head.append("Connection: keep-alive\r\n");
    return head;
}

void Connection::answer(const Response &response)
{
    if (m_state != State::Answering)
        return;
    if (response.status < 200 || response.status > 599) {
        qCCritical(lcConnection, "A handler answered with the status %d, which is none", response.status);
        return answer(internalError());
    }
    const bool body = mayHaveBody(response.status);
    HeaderList headers = response.headers;
    if (body)
        headers.prepend({QByteArrayLiteral("Content-Type"), response.contentType});
    QByteArray head = openHead(response.status, headers);
    if (body)
        head.append("Content-Length: ").append(QByteArray::number(response.body.size())).append("\r\n");
    head.append("\r\n");
    m_transport->write(head);
    if (body && !m_headOnly)
        m_transport->writeShared(response.body);
    completed();
}

void Connection::beginStream(int status, const HeaderList &headers)
{
    if (m_state != State::Answering)
        return;
    if (m_http10)
        m_keepAlive = false; // no chunks: the end of the connection is the end of the answer
    QByteArray head = openHead(status, headers);
    if (!m_http10)
        head.append("Transfer-Encoding: chunked\r\n");
    m_transport->write(head.append("\r\n"));
    setState(State::Streaming);
    flush();
}

bool Connection::writeStream(QByteArrayView piece)
{
    if (m_state != State::Streaming || m_headOnly || piece.isEmpty())
        return true;
    if (!m_http10) {
        m_transport->write(QByteArray::number(piece.size(), 16).append("\r\n"));
        m_transport->write(piece);
        m_transport->write("\r\n");
    } else {
        m_transport->write(piece);
    }
    flush();
    if (unsent() > streamLimit) {
        timedOut();
        return false;
    }
    m_wantsDrain = unsent() > m_guard.limits().unsent;
    return !m_wantsDrain;
}

void Connection::finishStream()
{
    if (m_state != State::Streaming)
        return;
    if (!m_http10 && !m_headOnly)
        m_transport->write("0\r\n\r\n");
    completed();
}

void Connection::abandoned()
{
    m_exchange = nullptr;
    if (m_state == State::Streaming) {
        m_transport->abort();
    } else if (m_state == State::Answering) {
        if (!m_peerFinished)
            qCCritical(lcConnection, "A handler let a request go without an answer");
        answer(internalError());
    }
}

void Connection::setAnswerTime(std::chrono::milliseconds time) { m_answerBy = m_guard.now() + time.count(); }

void Connection::completed()
{
    if (Exchange *exchange = std::exchange(m_exchange, nullptr))
        exchange->detach();
    m_call.reset();
    m_charge.clear();
    m_wantsDrain = false;
    if (m_state == State::Gone)
        return;
    setState(State::Idle);
    if (!m_keepAlive)
        return close();
    if (m_processing) {
        if (unsent() > flushAt)
            flush();
        return;
    }
    flush();
    if (m_state == State::Idle)
        readOn();
}

// Goes on with the next request after a pause.
void Connection::readOn()
{
    m_transport->setReading(true);
    if (m_reader.unread() && !m_processing)
        process({});
}

void Connection::onProgress()
{
    const qint64 limit = m_guard.limits().unsent;
    if (m_state == State::Streaming && m_wantsDrain && unsent() < limit / 4) {
        m_wantsDrain = false;
        if (const auto drained = m_exchange->m_onDrain) // a copy: it may replace or clear itself
            drained();
    } else if (m_state == State::Closing && m_peerFinished && !unsent()) {
        m_transport->close();
    } else if (wantsRequest() && unsent() < limit / 2) {
        readOn();
    }
}

void Connection::close()
{
    if (m_state == State::Closing || m_state == State::Gone)
        return;
    setState(State::Closing);
    m_reader.drop();
    m_call.reset();
    flush();
    if (m_state == State::Gone)
        return;
    // Not closed yet: what the peer still sends is read and dropped, because closing with unread bytes resets the
    // connection and could destroy our last answer on its way.
    m_transport->finishWriting();
    if (m_state != State::Gone)
        m_transport->setReading(true);
}

void Connection::onGone()
{
    if (m_state == State::Gone)
        return;
    setState(State::Gone);
    if (Exchange *exchange = std::exchange(m_exchange, nullptr))
        exchange->clientLeft(true);
    m_guard.retire(*this);
}

bool Connection::rests(qint64 now) const
{
    constexpr qint64 aWhile = 1000; // milliseconds
    return m_state == State::Idle && now - m_since >= aWhile && m_transport->ready() && !m_transport->unsent();
}

void Connection::tick(qint64 now)
{
    if (m_state == State::Gone)
        return;
    const Limits &limits = m_guard.limits();
    const qint64 age = now - m_since;
    if (readsTooSlowly(now))
        return timedOut();

    bool late = false;
    switch (m_state) {
    case State::Idle:
        if (!m_transport->ready() && age > limits.headTime.count())
            return timedOut();
        if (age > m_guard.idleTime()) {
            countTimeout();
            close();
        }
        return;
    case State::Head:
        late = age > limits.headTime.count();
        break;
    case State::Body:
        late = age > limits.bodyGrace.count()
                + m_reader.bodyReceived() * 1000 / std::max<qint64>(limits.bodyBytesPerSecond, 1);
        break;
    case State::Answering:
        if (now > m_answerBy) {
            countTimeout();
            m_keepAlive = false;
            m_exchange->reply(problem(504, "answer_timeout", "The server did not finish in time. Try again later."));
        }
        return;
    case State::Closing:
        if (age > limits.linger.count() && !unsent())
            m_transport->close();
        return;
    case State::Streaming:
    case State::Upgrading:
    case State::Gone:
        return;
    }
    if (late) {
        countTimeout();
        refuse(408);
    }
}

} // namespace http
