// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_transfer_state.h"

#include <QSocketNotifier>

#include <algorithm>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

// What runs inside libcurl. Nothing here calls the user: it is noted, and delivered when libcurl has returned.
namespace providers {
namespace {

constexpr qsizetype maxHeaderBytes = 64 * 1024;
constexpr qsizetype maxPendingBytes = 16 * 1024; // from then on libcurl is told to wait

bool isHeaderSafe(const QByteArray &text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return (uchar(c) < 0x20 && c != '\t') || c == 0x7f; });
}

QByteArray lower(QByteArrayView text) { return text.trimmed().toByteArray().toLower(); }

} // namespace

bool canBeSent(const HttpRequest &request)
{
    const QString scheme = request.url.scheme();
    return request.url.isValid() && (scheme == u"https" || scheme == u"http") && !request.url.host().isEmpty()
        && request.url.userInfo().isEmpty()
        && std::all_of(request.headers.begin(), request.headers.end(),
                       [](const auto &header) { return isHeaderSafe(header.first) && isHeaderSafe(header.second); });
}

// What is the same for every transfer. A handle is used again as it is, with what configure() sets anew.
CURL *HttpTransport::newHandle()
{
    CURL *const easy = curl_easy_init();
    const auto set = [easy](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_USERAGENT, "Patio");
    set(CURLOPT_HEADERFUNCTION, &HttpTransport::onHeader);
    set(CURLOPT_WRITEFUNCTION, &HttpTransport::onBody);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_DNS_CACHE_TIMEOUT, 10L); // a provider that moves is found again soon
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    // Stopping a transfer that still looks up its name would otherwise block this thread until the resolver answers.
    set(CURLOPT_QUICK_EXIT, 1L);
    if (!m_options.certificateFile.isEmpty())
        set(CURLOPT_CAINFO, m_options.certificateFile.constData());
    set(CURLOPT_OPENSOCKETFUNCTION, &HttpTransport::onOpenSocket);
    set(CURLOPT_CLOSESOCKETFUNCTION, &HttpTransport::onCloseSocket);
    set(CURLOPT_CLOSESOCKETDATA, this);
    set(CURLOPT_PREREQFUNCTION, &HttpTransport::onConnected);
    return easy;
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
    set(CURLOPT_HTTPGET, 1L); // takes back what the transfer before has asked for
    if (state.request.method != "GET") {
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(state.request.body.size()));
        set(CURLOPT_POSTFIELDS, state.request.body.constData());
    }
    set(CURLOPT_CUSTOMREQUEST, state.request.method.constData());
    set(CURLOPT_HTTPHEADER, state.headerList);
    set(CURLOPT_PRIVATE, &state);
    set(CURLOPT_HEADERDATA, &state);
    set(CURLOPT_WRITEDATA, &state);
    set(CURLOPT_CONNECTTIMEOUT_MS, long(state.request.connectTimeout.count()));
    set(CURLOPT_OPENSOCKETDATA, &state);
    set(CURLOPT_PREREQDATA, &state);
}

curl_socket_t HttpTransport::onOpenSocket(void *data, curlsocktype, curl_sockaddr *address)
{
    auto *state = static_cast<State *>(data);
    if (state->request.addresses == AddressPolicy::PublicOnly && !isPublicAddress(QHostAddress(&address->addr))) {
        state->refusal = HttpEnd::AddressRefused;
        return CURL_SOCKET_BAD;
    }
    state->refusal.reset(); // a name may have several addresses: one that is refused does not speak for the next
    // PostgreSQL may be started during a call. With a copy of its socket, it would hold open what we have closed.
#ifdef SOCK_CLOEXEC
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return ::socket(address->family, address->socktype, address->protocol);
#endif
}

// Before each request, also on a kept connection, which was opened perhaps for a transfer that was free to go anywhere.
int HttpTransport::onConnected(void *data, char *remoteAddress, char *, int, int)
{
    auto *state = static_cast<State *>(data);
    if (state->request.addresses == AddressPolicy::PublicOnly
        && !isPublicAddress(QHostAddress(QString::fromLatin1(remoteAddress)))) {
        state->refusal = HttpEnd::AddressRefused;
        return CURL_PREREQFUNC_ABORT;
    }
    // libcurl asks again by itself where a kept connection ends without an answer. The provider may have worked for the
    // first request, and would be paid for both: whoever asked decides.
    if (std::exchange(state->isAsked, true))
        return CURL_PREREQFUNC_ABORT;
    return CURL_PREREQFUNC_OK;
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
    if (state->isPaused || state->pending.size() >= maxPendingBytes) {
        state->isHeld = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    state->received += qsizetype(size);
    if (state->received > state->request.maxResponseBytes) {
        state->refusal = HttpEnd::TooLarge;
        return 0;
    }
    state->pending.append(data, qsizetype(size));
    if (!state->endExpected) {
        state->allow(state->request.idleTimeout);
        if (state->received == qsizetype(size)) // the first bytes: it may be sooner than before, later ones never are
            state->transport->armDeadline(state->deadline);
    }
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
    // A connection that is kept has its notifiers, switched off, until it is closed.
    const bool isWatched = what != CURL_POLL_REMOVE;
    notifiers.read->setEnabled(isWatched && (what & CURL_POLL_IN));
    notifiers.write->setEnabled(isWatched && (what & CURL_POLL_OUT));
}

int HttpTransport::onCloseSocket(void *self, curl_socket_t socket)
{
    // We may be inside activated() of one of them.
    const Notifiers old = static_cast<HttpTransport *>(self)->m_notifiers.take(socket);
    for (QSocketNotifier *notifier : {old.read, old.write}) {
        if (notifier) {
            notifier->setEnabled(false);
            notifier->deleteLater();
        }
    }
#ifdef Q_OS_WIN
    return ::closesocket(socket);
#else
    return ::close(socket);
#endif
}

} // namespace providers
