// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_transport.h"

#include "server/providers/http_transfer_state.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <mutex>

namespace providers {
namespace {

constexpr std::size_t maxSpareHandles = 256;

void initializeOnce()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

HttpEnd::Result resultOf(CURLcode code, const std::optional<HttpEnd::Result> &refusal)
{
    switch (code) {
    case CURLE_OK:
        return HttpEnd::Complete;
    case CURLE_COULDNT_CONNECT: // no address that we allow, perhaps
        return refusal.value_or(HttpEnd::ConnectFailed);
    case CURLE_WRITE_ERROR:
    case CURLE_ABORTED_BY_CALLBACK:
        return refusal.value_or(HttpEnd::Broken);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_SSL_CONNECT_ERROR:
        return HttpEnd::ConnectFailed;
    case CURLE_OPERATION_TIMEDOUT: // only the connect timeout is libcurl's, the others are ours
        return HttpEnd::ConnectTimeout;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return HttpEnd::CertificateRefused;
    case CURLE_URL_MALFORMAT:
        return HttpEnd::InvalidRequest;
    case CURLE_UNSUPPORTED_PROTOCOL: // an answer without a status line
    case CURLE_WEIRD_SERVER_REPLY:
        return HttpEnd::NotHttp;
    default:
        return HttpEnd::Broken;
    }
}

} // namespace

QByteArray HttpHead::header(QByteArrayView name) const
{
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const auto &header) { return header.first == name; });
    return found == headers.end() ? QByteArray() : found->second;
}

HttpTransfer::HttpTransfer(std::shared_ptr<State> state) : m_state(std::move(state)) { }

HttpTransfer::~HttpTransfer()
{
    if (m_state->transport)
        m_state->transport->cancel(*m_state);
}

void HttpTransfer::pause() { m_state->isPaused = true; }

void HttpTransfer::resume()
{
    if (!std::exchange(m_state->isPaused, false) || !m_state->transport)
        return;
    m_state->allow(m_state->request.idleTimeout);
    m_state->transport->armDeadline(m_state->deadline);
    m_state->transport->queue(*m_state);
    m_state->transport->m_deliverTimer.start();
}

bool HttpTransfer::isSent() const { return m_state->end ? m_state->end->sent : m_state->isAsked; }

void HttpTransfer::expectEnd(std::chrono::milliseconds within)
{
    if (!m_state->transport || m_state->endExpected)
        return;
    m_state->endExpected = true;
    m_state->allow(within);
    m_state->transport->armDeadline(m_state->deadline);
}

HttpTransport::HttpTransport(Options options, QObject *parent)
    : QObject(parent),
      m_options(std::move(options)),
      m_curlTimer(this),
      m_deadlineTimer(this),
      m_deliverTimer(this)
{
    initializeOnce();
    m_multi = curl_multi_init();
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &HttpTransport::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &HttpTransport::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, m_options.keptConnections);
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, long(CURLPIPE_MULTIPLEX));

    m_curlTimer.setSingleShot(true);
    m_curlTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_curlTimer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    m_deadlineTimer.setSingleShot(true);
    m_deadlineTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_deadlineTimer, &QTimer::timeout, this, &HttpTransport::checkDeadlines);
    m_deliverTimer.setSingleShot(true);
    connect(&m_deliverTimer, &QTimer::timeout, this, qOverload<>(&HttpTransport::deliver));
}

HttpTransport::~HttpTransport()
{
    Q_ASSERT_X(!m_delivering, "HttpTransport", "destroyed from one of its own events");
    while (!m_transfers.empty())
        cancel(*m_transfers.begin()->first);
    for (CURL *easy : m_spare)
        curl_easy_cleanup(easy);
    curl_multi_cleanup(m_multi);
}

std::unique_ptr<HttpTransfer> HttpTransport::start(HttpRequest request, HttpEvents events)
{
    auto state = std::make_shared<State>();
    state->transport = this;
    state->request = std::move(request);
    state->events = std::move(events);
    m_transfers.emplace(state.get(), state);

    if (!canBeSent(state->request)) {
        finish(*state, {HttpEnd::InvalidRequest, "The address or a header cannot be sent.", false});
        m_deliverTimer.start();
        return std::unique_ptr<HttpTransfer>(new HttpTransfer(std::move(state)));
    }
    if (m_spare.empty()) {
        state->easy = newHandle();
    } else {
        state->easy = m_spare.back();
        m_spare.pop_back();
    }
    configure(*state);
    state->latest = Clock::now() + state->request.totalTimeout;
    state->allow(state->request.firstByteTimeout);
    armDeadline(state->deadline);
    curl_multi_add_handle(m_multi, state->easy);
    // On a kept connection the request goes out at once, without another turn of the event loop.
    int running = 0;
    curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    collectFinished();
    if (!m_ready.empty())
        m_deliverTimer.start();
    return std::unique_ptr<HttpTransfer>(new HttpTransfer(std::move(state)));
}

void HttpTransport::act(curl_socket_t socket, int what)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, what, &running);
    collectFinished();
    deliver();
}

void HttpTransport::collectFinished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        char *data = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &data);
        auto &state = *reinterpret_cast<State *>(data);
        finish(state, {resultOf(code, state.refusal), code == CURLE_OK ? "" : curl_easy_strerror(code), false});
    }
}

// Takes the transfer off libcurl. What it has brought, and the end, are delivered afterwards.
void HttpTransport::finish(State &state, HttpEnd end)
{
    end.sent = state.isAsked && end.result != HttpEnd::AddressRefused;
    release(state);
    state.end = std::move(end);
    queue(state);
}

void HttpTransport::release(State &state)
{
    if (state.easy) {
        curl_multi_remove_handle(m_multi, state.easy);
        if (m_spare.size() < maxSpareHandles)
            m_spare.push_back(state.easy);
        else
            curl_easy_cleanup(state.easy);
        state.easy = nullptr;
    }
    curl_slist_free_all(state.headerList);
    state.headerList = nullptr;
}

void HttpTransport::cancel(State &state)
{
    release(state);
    state.transport = nullptr;
    m_transfers.erase(&state);
}

void HttpTransport::queue(State &state)
{
    if (!state.isQueued) {
        state.isQueued = true;
        m_ready.push_back(m_transfers.at(&state));
    }
}

void HttpTransport::deliver()
{
    if (m_delivering)
        return;
    const QScopedValueRollback delivering(m_delivering, true);
    const std::vector<StatePointer> ready = std::exchange(m_ready, {});
    for (const StatePointer &state : ready) {
        state->isQueued = false;
        if (state->transport)
            deliver(state);
    }
    // What they have brought meanwhile waits until others had their turn: a thousand answers that come as fast as they
    // are read must not keep one more waiting for seconds.
    if (!m_ready.empty())
        m_deliverTimer.start();
}

// Each event may pause or destroy the transfer, so both are looked at again after each.
void HttpTransport::deliver(const StatePointer &state)
{
    if (state->headComplete && !state->headDelivered) {
        state->headDelivered = true;
        if (state->events.head)
            state->events.head(state->head);
    }
    if (!state->transport || state->isPaused)
        return;
    if (!state->pending.isEmpty()) {
        const QByteArray bytes = std::exchange(state->pending, {});
        if (state->events.body)
            state->events.body(bytes);
    }
    if (!state->transport || state->isPaused)
        return;
    if (state->end) {
        m_transfers.erase(state.get());
        state->transport = nullptr;
        if (state->events.end)
            state->events.end(*state->end);
    } else if (state->isHeld) {
        state->isHeld = false;
        curl_easy_pause(state->easy, CURLPAUSE_CONT); // may call onBody
    }
}

void HttpTransport::armDeadline(Clock::time_point deadline)
{
    const auto wait =
        std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()), std::chrono::milliseconds(0));
    if (!m_deadlineTimer.isActive() || m_deadlineTimer.remainingTimeAsDuration() > wait)
        m_deadlineTimer.start(wait);
}

// Deadlines move on with each byte, without touching the timer: it looks again when the earliest that it knew is over.
void HttpTransport::checkDeadlines()
{
    const auto now = Clock::now();
    std::optional<Clock::time_point> next;
    for (const auto &[state, pointer] : m_transfers) {
        if (state->end || state->isPaused)
            continue;
        if (state->deadline <= now)
            finish(*state,
                   {state->latest <= now      ? HttpEnd::TotalTimeout
                        : state->received > 0 ? HttpEnd::IdleTimeout
                                              : HttpEnd::FirstByteTimeout,
                    "", false});
        else if (!next || state->deadline < *next)
            next = state->deadline;
    }
    if (next)
        armDeadline(*next);
    deliver();
}

} // namespace providers
