// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_connection.h"

ProviderConnection::ProviderConnection(ProviderServer &server, QTcpSocket *socket)
    : QObject(&server),
      m_server(server),
      m_socket(socket)
{
    socket->setParent(this);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    ++server.m_connections;
    ++server.m_open;
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ProviderConnection::writeStep);
    connect(socket, &QTcpSocket::readyRead, this, &ProviderConnection::readOn);
    connect(socket, &QTcpSocket::bytesWritten, this, &ProviderConnection::finishWhenWritten);
    connect(socket, &QTcpSocket::bytesWritten, this, [this](qint64 bytes) { m_server.m_bytesWritten += bytes; });
    connect(socket, &QTcpSocket::disconnected, this, [this] {
        if (m_isBusy && !m_model.isEmpty())
            ++m_server.m_counts[m_model].abandoned;
        m_server.end(m_call, ProviderServer::Call::State::Abandoned);
        m_isBusy = false;
        m_isAllWritten = false;
        m_timer.stop();
        deleteLater();
    });
}

ProviderConnection::~ProviderConnection()
{
    m_server.end(m_call, ProviderServer::Call::State::Abandoned);
    --m_server.m_open;
}

void ProviderConnection::readOn()
{
    m_input += m_socket->readAll();
    while (!m_isBusy && readOne()) { }
}

bool ProviderConnection::readOne()
{
    const qsizetype headEnd = m_input.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return false;
    const QList<QByteArray> lines = m_input.first(headEnd).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    WireHeaders headers;
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        headers.insert(line.first(qMax<qsizetype>(colon, 0)).trimmed().toLower(), line.sliced(colon + 1).trimmed());
    }
    const qsizetype length = headers.value("content-length").toLongLong();
    if (m_input.size() < headEnd + 4 + length)
        return false;
    m_request = {first.value(0), first.value(1), headers, m_input.sliced(headEnd + 4, length)};
    m_input.remove(0, headEnd + 4 + length);
    m_isBusy = true;
    handle();
    return true;
}

void ProviderConnection::handle()
{
    const QByteArray target = m_request.method + ' ' + m_request.path;
    m_model.clear();
    m_call.reset();
    m_behaviour = {};
    if (const std::optional<WireTarget> model = readTarget(m_request.method, m_request.path))
        return handleModel(*model);
    if (target == "GET /__stats")
        return reply(200, m_server.statistics());
    if (target == "GET /__calls")
        return reply(200, m_server.printCalls());
    if (target == "POST /__reset") {
        m_server.reset();
        return reply(200, "{}");
    }
    if (target == "POST /__control") {
        int status = 200;
        const QByteArray body = m_server.control(m_request.body, &status);
        return reply(status, body);
    }
    m_wire = m_request.headers.contains("anthropic-version") ? Wire::Anthropic
        : m_request.path.startsWith("/v1beta/")              ? Wire::Google
                                                             : Wire::OpenAi;
    if (target == "GET /v1/models" || target == "GET /v1beta/models" || target.startsWith("GET /v1beta/models?"))
        return handleListing();
    reply(404, makeError(m_wire, 404, QStringLiteral("Unknown request URL: ") + QString::fromLatin1(target), {}, 0));
}

void ProviderConnection::readKey()
{
    m_key = m_request.headers.value(m_wire == Wire::Google ? "x-goog-api-key" : "x-api-key");
    if (m_key.isEmpty() && m_wire != Wire::Google)
        m_key = m_request.headers.value("authorization").mid(7);
    ++m_server.m_keys[m_key];
}

// A plan for the model "models" is for this question.
void ProviderConnection::handleListing()
{
    m_server.m_last = m_request;
    readKey();
    const Behaviour behaviour = m_server.behaviourFor(QStringLiteral("models"), m_request.path);
    const int status = m_key.isEmpty() ? 401 : behaviour.status;
    if (behaviour.isHang)
        return;
    if (behaviour.raw)
        return reply(status, *behaviour.raw);
    if (status == 200)
        return reply(200, makeModels(m_wire));
    const QString message = behaviour.echoKey
        ? QStringLiteral("Incorrect API key provided: ") + QString::fromLatin1(m_key)
        : QStringLiteral("This failure was asked for.");
    reply(wireStatus(m_wire, status, behaviour), makeError(m_wire, status, message, behaviour, 0), "application/json",
          status == 302 ? "Location: /v1/elsewhere\r\n" : "");
}

void ProviderConnection::handleModel(const WireTarget &target)
{
    m_wire = target.wire;
    m_number = ++m_server.m_number;
    m_server.m_last = m_request;
    const WireRequest request = readRequest(target, m_request.headers, m_request.body);
    m_model = request.model.isEmpty() ? QStringLiteral("(none)") : request.model;
    ProviderServer::Counts &counts = m_server.m_counts[m_model];
    ++counts.requests;
    m_call = m_server.begin(m_request.headers.value("x-client-request-id"), m_model, m_request.body);
    readKey();
    if (!request.refusalStatus)
        m_behaviour = m_server.behaviourFor(request.model, m_request.body);
    if (m_behaviour.isHang)
        return;
    if (m_behaviour.isReset || m_behaviour.isNotHttp) {
        ++counts.broken;
        m_server.end(m_call, ProviderServer::Call::State::Broken);
        m_isBusy = false;
        if (m_behaviour.isReset)
            return m_socket->abort();
        m_socket->write("SSH-2.0-OpenSSH_9.2\r\n");
        return m_socket->disconnectFromHost();
    }
    m_pieces.clear();
    m_next = 0;
    const int status = request.refusalStatus ? request.refusalStatus : m_behaviour.status;
    if (status != 200) {
        QString message = request.refusalStatus ? request.refusal : QStringLiteral("This failure was asked for.");
        if (m_behaviour.echoKey)
            message = QStringLiteral("Incorrect API key provided: ") + QString::fromLatin1(m_key);
        QByteArray body = makeError(m_wire, status, message, m_behaviour, m_number);
        if (m_behaviour.isHtml)
            body = "<html><body><h1>502 Bad Gateway</h1></body></html>";
        m_behaviour.status = wireStatus(m_wire, status, m_behaviour);
        m_behaviour.end = Behaviour::End::Normal;
        m_pieces.append(body);
        m_behaviour.isWhole = true;
    } else {
        const WireAnswer answer = makeAnswer(request, m_behaviour, m_number);
        m_tokens = answer.tokens;
        m_behaviour.isWhole = m_behaviour.isWhole || !request.isStream;
        m_pieces = m_behaviour.isWhole ? QList<QByteArray>{answer.whole} : answer.events;
        if (m_behaviour.raw) {
            m_behaviour.isWhole = true;
            m_pieces = {*m_behaviour.raw};
        }
    }
    if (m_behaviour.firstByteDelay.count())
        m_timer.start(m_behaviour.firstByteDelay);
    else
        begin();
}

QByteArray ProviderConnection::rateHeaders() const
{
    const QByteArray number = QByteArray::number(m_number);
    QByteArray headers;
    if (m_wire == Wire::OpenAi)
        headers =
            "x-request-id: req_" + number + "\r\nopenai-processing-ms: 1\r\nx-ratelimit-limit-requests: 10000\r\n";
    if (m_wire == Wire::Anthropic)
        headers = "request-id: req_" + number
            + "\r\nanthropic-organization-id: test\r\nanthropic-ratelimit-requests-limit: 10000\r\n";
    if (m_wire == Wire::Google)
        return "Server: scaffolding on HTTPServer2\r\n";
    if (!m_behaviour.retryAfter.isEmpty())
        headers += "retry-after: " + m_behaviour.retryAfter + "\r\n";
    if (!m_behaviour.retryAfterMs.isEmpty())
        headers += "retry-after-ms: " + m_behaviour.retryAfterMs + "\r\n";
    if (m_behaviour.doNotRetry)
        headers += "x-should-retry: false\r\n";
    if (m_behaviour.status == 302)
        headers += "Location: /v1/models\r\n";
    return headers;
}

void ProviderConnection::begin()
{
    const bool isEvents = m_behaviour.raw
        ? m_behaviour.raw->startsWith("data:") || m_behaviour.raw->startsWith("event:")
        : !m_behaviour.isWhole;
    const QByteArray type = m_behaviour.isHtml ? "text/html" : isEvents ? "text/event-stream" : "application/json";
    const bool isWhole = m_behaviour.isWhole && !m_behaviour.isEndless;
    m_behaviour.isWhole = isWhole;
    m_head = "HTTP/1.1 " + QByteArray::number(m_behaviour.status) + " Status\r\nContent-Type: " + type + "\r\n"
        + rateHeaders();
    m_head += isWhole ? "Content-Length: " + QByteArray::number(m_pieces.first().size()) + "\r\n\r\n"
                      : QByteArray("Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");
    if (isWhole && (m_behaviour.end == Behaviour::End::Cut || m_behaviour.end == Behaviour::End::Hang))
        m_pieces.first().chop(m_pieces.first().size() / 2);
    if (m_behaviour.isByBytes) {
        QList<QByteArray> bytes;
        for (const QByteArray &piece : std::as_const(m_pieces)) {
            for (const char byte : piece)
                bytes.append(QByteArray(1, byte));
        }
        m_pieces = bytes;
    }
    m_socket->write(std::exchange(m_head, {}));
    writeStep();
}

// Writes one piece, or all of them where nothing is to be waited for.
void ProviderConnection::writeStep()
{
    if (!m_isBusy)
        return;
    if (m_next == 0 && m_behaviour.firstByteDelay.count()) {
        m_behaviour.firstByteDelay = {};
        return begin();
    }
    const bool isSlow = m_behaviour.eventDelay.count() > 0;
    QByteArray out;
    do {
        if (m_next == m_pieces.size())
            break;
        const QByteArray &piece = m_pieces.at(m_next++);
        out += m_behaviour.isWhole ? piece : QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
    } while (!isSlow);
    m_socket->write(out);
    if (m_next < m_pieces.size())
        m_timer.start(m_behaviour.eventDelay);
    else
        complete();
}

// Never far ahead of the reader.
void ProviderConnection::writeEndlessly()
{
    constexpr qint64 ahead = 256 * 1024;
    const QByteArray &piece = m_pieces.last();
    while (m_isBusy && m_socket->bytesToWrite() < ahead)
        m_socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
}

// An answer has returned when all of it is with the kernel.
void ProviderConnection::complete()
{
    if (m_behaviour.isEndless)
        return writeEndlessly();
    m_isAllWritten = m_behaviour.end != Behaviour::End::Hang;
    if (m_isAllWritten && !m_behaviour.isWhole && m_behaviour.withClose && m_behaviour.end != Behaviour::End::Cut)
        m_socket->write("0\r\n\r\n");
    m_socket->flush();
    finishWhenWritten();
}

void ProviderConnection::finishWhenWritten()
{
    if (m_isBusy && m_behaviour.isEndless && m_next == m_pieces.size() && m_next > 0)
        return writeEndlessly();
    if (!m_isAllWritten || m_socket->bytesToWrite() > 0)
        return;
    m_isAllWritten = false;
    ProviderServer::Counts &counts = m_server.m_counts[m_model];
    const Behaviour::End end = m_behaviour.end;
    using State = ProviderServer::Call::State;
    State state = State::Returned;
    if (m_behaviour.status != 200) {
        ++counts.refused;
        state = State::Refused;
    } else if (end != Behaviour::End::Normal) {
        ++counts.broken;
        state = State::Broken;
    } else {
        ++counts.returned;
        counts.inputTokens += m_tokens.input;
        counts.outputTokens += m_tokens.output;
        if (m_call)
            m_call->tokens = m_tokens;
    }
    m_isBusy = false;
    m_server.end(m_call, state);
    if (end == Behaviour::End::Cut) {
        // What was written goes out first; then the connection ends without the end of the response.
        m_socket->disconnectFromHost();
        return;
    }
    if (!m_input.isEmpty())
        QMetaObject::invokeMethod(this, &ProviderConnection::readOn, Qt::QueuedConnection);
}

void ProviderConnection::reply(int status, const QByteArray &body, const QByteArray &type, const QByteArray &headers)
{
    m_socket->write("HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body);
    m_isBusy = false;
}
