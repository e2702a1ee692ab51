// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_transport.h"

#include <QScopedValueRollback>
#include <QSocketNotifier>

#include <algorithm>
#include <mutex>

namespace providers {

namespace {
constexpr qsizetype maxHeaderBytes = 64 * 1024;
constexpr qsizetype maxPendingBytes = 64 * 1024; // above it libcurl is told to wait
constexpr std::size_t maxSpareHandles = 256;

void initializeOnce()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

bool isHeaderSafe(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return (uchar(c) < 0x20 && c != '\t') || c == 0x7f; });
}

bool canBeSent(const HttpRequest &request)
{
    const QString scheme = request.url.scheme();
    return request.url.isValid() && (scheme == u"https" || scheme == u"http") && !request.url.host().isEmpty()
        && request.url.userInfo().isEmpty()
        && std::all_of(request.headers.begin(), request.headers.end(),
                       [](const auto &header) { return isHeaderSafe(header.first) && isHeaderSafe(header.second); });
}

HttpEnd::Result resultOf(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return HttpEnd::Complete;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
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

QByteArray lower(QByteArrayView text) { return text.trimmed().toByteArray().toLower(); }

} // namespace

struct HttpTransfer::State
{
    HttpTransport *transport; // null once it has ended or was destroyed
    HttpRequest request;
    HttpEvents events;
    QByteArray url;
    CURL *easy = nullptr;
    curl_slist *headerList = nullptr;

    HttpHead head;
    qsizetype headerBytes = 0;
    qsizetype received = 0;
    QByteArray pending; // body not yet handed on
    bool headComplete = false;
    bool headDelivered = false;
    bool isQueued = false;
    bool isPaused = false; // by the user
    bool isHeld = false; // libcurl was told to wait
    std::optional<HttpEnd::Result> refusal; // why one of our callbacks stopped it
    std::optional<HttpEnd> end;
    std::chrono::steady_clock::time_point deadline;
    bool endExpected = false;
};

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
    m_state->isPaused = false;
    if (!m_state->transport)
        return;
    m_state->deadline = std::chrono::steady_clock::now() + m_state->request.idleTimeout;
    m_state->transport->armDeadline(m_state->deadline);
    m_state->transport->queue(*m_state);
    m_state->transport->m_deliverTimer.start();
}

void HttpTransfer::expectEnd(std::chrono::milliseconds within)
{
    if (!m_state->transport || m_state->endExpected)
        return;
    m_state->endExpected = true;
    m_state->deadline = std::chrono::steady_clock::now() + within;
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
        state->easy = curl_easy_init();
    } else {
        state->easy = m_spare.back();
        m_spare.pop_back();
    }
    configure(*state);
    state->deadline = Clock::now() + state->request.firstByteTimeout;
    armDeadline(state->deadline);
    curl_multi_add_handle(m_multi, state->easy);
    return std::unique_ptr<HttpTransfer>(new HttpTransfer(std::move(state)));
}

void HttpTransport::configure(State &state)
{
    CURL *const easy = state.easy;
    const auto set = [easy](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
    state.url = state.request.url.toEncoded();
    for (const auto &[name, value] : state.request.headers)
        state.headerList = curl_slist_append(state.headerList, (name + ": " + value).constData());
    state.headerList = curl_slist_append(state.headerList, "Expect:"); // do not wait a second for 100 Continue

    set(CURLOPT_URL, state.url.constData());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_CUSTOMREQUEST, state.request.method.constData());
    if (state.request.method != "GET") {
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(state.request.body.size()));
        set(CURLOPT_POSTFIELDS, state.request.body.constData());
    }
    set(CURLOPT_HTTPHEADER, state.headerList);
    set(CURLOPT_USERAGENT, "Patio");
    set(CURLOPT_PRIVATE, &state);
    set(CURLOPT_HEADERFUNCTION, &HttpTransport::onHeader);
    set(CURLOPT_HEADERDATA, &state);
    set(CURLOPT_WRITEFUNCTION, &HttpTransport::onBody);
    set(CURLOPT_WRITEDATA, &state);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, long(state.request.connectTimeout.count()));
    // Stopping a transfer that still looks up its name would otherwise block this thread until the resolver answers.
    set(CURLOPT_QUICK_EXIT, 1L);
    if (!m_options.certificateFile.isEmpty())
        set(CURLOPT_CAINFO, m_options.certificateFile.constData());
    if (state.request.addresses == AddressPolicy::PublicOnly) {
        set(CURLOPT_OPENSOCKETFUNCTION, &HttpTransport::onOpenSocket);
        set(CURLOPT_OPENSOCKETDATA, &state);
        // A kept connection is opened only once, perhaps for a transfer that was free to go anywhere.
        set(CURLOPT_PREREQFUNCTION, &HttpTransport::onConnected);
        set(CURLOPT_PREREQDATA, &state);
    }
}

curl_socket_t HttpTransport::onOpenSocket(void *data, curlsocktype, curl_sockaddr *address)
{
    auto *state = static_cast<State *>(data);
    if (!isPublicAddress(QHostAddress(&address->addr))) {
        state->refusal = HttpEnd::AddressRefused;
        return CURL_SOCKET_BAD;
    }
    state->refusal.reset(); // a name may have several addresses: one that is refused does not speak for the next
#ifdef SOCK_CLOEXEC
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return ::socket(address->family, address->socktype, address->protocol);
#endif
}

int HttpTransport::onConnected(void *data, char *remoteAddress, char *, int, int)
{
    if (isPublicAddress(QHostAddress(QString::fromLatin1(remoteAddress))))
        return CURL_PREREQFUNC_OK;
    static_cast<State *>(data)->refusal = HttpEnd::AddressRefused;
    return CURL_PREREQFUNC_ABORT;
}

size_t HttpTransport::onHeader(char *data, size_t, size_t size, void *pointer)
{
    auto *state = static_cast<State *>(pointer);
    if (state->received > 0)
        return size; // trailers
    const QByteArrayView line(data, qsizetype(size));
    state->headerBytes += line.size();
    if (state->headerBytes > maxHeaderBytes) {
        state->refusal = HttpEnd::TooLarge;
        return 0;
    }
    if (line.startsWith("HTTP/")) { // again after 100 Continue
        state->head = {};
        const qsizetype space = line.indexOf(' ');
        state->head.status = space < 0 ? 0 : line.sliced(space + 1).toByteArray().left(3).toInt();
    } else if (line.trimmed().isEmpty()) {
        state->headComplete = state->head.status >= 200;
        if (state->headComplete)
            state->transport->queue(*state);
    } else if (const qsizetype colon = line.indexOf(':'); colon > 0) {
        state->head.headers.emplaceBack(lower(line.first(colon)), line.sliced(colon + 1).trimmed().toByteArray());
    }
    return size;
}

size_t HttpTransport::onBody(char *data, size_t, size_t size, void *pointer)
{
    auto *state = static_cast<State *>(pointer);
    if (state->isPaused || state->pending.size() > maxPendingBytes) {
        state->isHeld = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    state->received += qsizetype(size);
    if (state->received > state->request.maxResponseBytes) {
        state->refusal = HttpEnd::TooLarge;
        return 0;
    }
    state->pending.append(data, qsizetype(size));
    if (!state->endExpected)
        state->deadline = Clock::now() + state->request.idleTimeout;
    state->transport->queue(*state);
    return size;
}

int HttpTransport::onTimer(CURLM *, long milliseconds, void *self)
{
    QTimer &timer = static_cast<HttpTransport *>(self)->m_curlTimer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(int(std::min(milliseconds, 3'600'000L)));
    return 0;
}

int HttpTransport::onSocket(CURL *, curl_socket_t socket, int what, void *self, void *)
{
    static_cast<HttpTransport *>(self)->watch(socket, what);
    return 0;
}

void HttpTransport::watch(curl_socket_t socket, int what)
{
    if (what == CURL_POLL_REMOVE) {
        // We may be inside activated() of one of them.
        const Notifiers old = m_notifiers.take(socket);
        for (QSocketNotifier *notifier : {old.read, old.write}) {
            if (notifier) {
                notifier->setEnabled(false);
                notifier->deleteLater();
            }
        }
        return;
    }
    Notifiers &notifiers = m_notifiers[socket];
    const auto make = [&](QSocketNotifier::Type type, int action) {
        auto *notifier = new QSocketNotifier(qintptr(socket), type, this);
        connect(notifier, &QSocketNotifier::activated, this, [this, socket, action] { act(socket, action); });
        return notifier;
    };
    if (!notifiers.read) {
        notifiers.read = make(QSocketNotifier::Read, CURL_CSELECT_IN);
        notifiers.write = make(QSocketNotifier::Write, CURL_CSELECT_OUT);
    }
    notifiers.read->setEnabled(what & CURL_POLL_IN);
    notifiers.write->setEnabled(what & CURL_POLL_OUT);
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
        const HttpEnd::Result result = code != CURLE_OK && state.refusal ? *state.refusal : resultOf(code);
        finish(state, {result, code == CURLE_OK ? "" : curl_easy_strerror(code), false});
    }
}

// Takes the transfer off libcurl. What it has brought, and the end, are delivered afterwards.
void HttpTransport::finish(State &state, HttpEnd end)
{
    if (state.easy) {
        curl_off_t untilSent = 0;
        curl_easy_getinfo(state.easy, CURLINFO_PRETRANSFER_TIME_T, &untilSent);
        end.sent = untilSent > 0 && end.result != HttpEnd::AddressRefused;
    }
    release(state);
    state.end = std::move(end);
    queue(state);
}

void HttpTransport::release(State &state)
{
    if (state.easy) {
        curl_multi_remove_handle(m_multi, state.easy);
        curl_easy_reset(state.easy);
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
    while (!m_ready.empty()) {
        const std::vector<StatePointer> ready = std::exchange(m_ready, {});
        for (const StatePointer &state : ready) {
            state->isQueued = false;
            if (state->transport)
                deliver(state);
        }
    }
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
            finish(*state, {state->received ? HttpEnd::IdleTimeout : HttpEnd::FirstByteTimeout, "", false});
        else if (!next || state->deadline < *next)
            next = state->deadline;
    }
    if (next)
        armDeadline(*next);
    deliver();
}

} // namespace providers
