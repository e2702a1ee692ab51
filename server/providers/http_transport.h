// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/address_policy.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <curl/curl.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

class QSocketNotifier;

namespace providers {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

struct HttpRequest
{
    QByteArray method = "POST";
    QUrl url; // http or https, without user or password
    HttpHeaders headers;
    QByteArray body;
    std::chrono::milliseconds connectTimeout{10'000}; // name, connection and TLS
    std::chrono::milliseconds firstByteTimeout{30'000}; // from the start to the first byte of the answer's body
    std::chrono::milliseconds idleTimeout{60'000}; // between two bytes after that
    std::chrono::milliseconds totalTimeout{900'000}; // from the start to the last byte
    qsizetype maxResponseBytes = 64 * 1024 * 1024;
    AddressPolicy addresses = AddressPolicy::Any;
};

struct HttpHead
{
    int status = 0;
    HttpHeaders headers; // names in lower case

    QByteArray header(QByteArrayView name) const; // the first of that name, or null
};

// How a transfer ended. `detail` is a general sentence, without address, header or body.
struct HttpEnd
{
    enum Result {
        Complete,
        ConnectFailed, // no such name, refused, unreachable
        ConnectTimeout,
        CertificateRefused,
        AddressRefused, // by AddressPolicy::PublicOnly
        InvalidRequest, // an URL or header that cannot be sent
        FirstByteTimeout,
        IdleTimeout,
        TotalTimeout,
        Broken, // the connection ended before the answer did
        TooLarge,
        NotHttp,
    };
    Result result = Complete;
    QByteArray detail;
    bool sent = false; // the server may have seen the request
};

// What a transfer tells. Called from the event loop of the transport's thread, never inside start(), and never from
// inside libcurl, so each may start, pause or destroy any transfer, its own too.
struct HttpEvents
{
    std::function<void(const HttpHead &)> head;
    std::function<void(const QByteArray &)> body;
    std::function<void(const HttpEnd &)> end; // exactly once, unless the transfer was destroyed
};

class HttpTransport;

// A transfer under way. Destroying it stops it and closes its connection; no event follows.
class HttpTransfer
{
public:
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer &) = delete;
    HttpTransfer &operator=(const HttpTransfer &) = delete;

    // No body event until resume(). The peer is not read, at most some 40 KB are held, and the clock stands still.
    void pause();
    void resume();

    // Whether the server may have seen the request by now.
    bool isSent() const;

    // The answer's content has ended: the rest must follow within this time.
    void expectEnd(std::chrono::milliseconds within);

private:
    friend class HttpTransport;
    struct State;
    explicit HttpTransfer(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

// HTTP/1.1 and HTTP/2 to servers elsewhere, on libcurl's multi interface driven by the event loop of the thread that
// made it. Connections are kept and used again. Certificates are verified, redirects are not followed, and no proxy is
// taken from the environment. Use one for each
// thread. Transfers that outlive it are silent.
class HttpTransport : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QByteArray certificateFile; // PEM, instead of the system's certificate authorities
        long keptConnections = 1024;
    };

    explicit HttpTransport(QObject *parent = nullptr) : HttpTransport(Options{}, parent) { }
    explicit HttpTransport(Options options, QObject *parent = nullptr);
    ~HttpTransport() override;

    [[nodiscard]] std::unique_ptr<HttpTransfer> start(HttpRequest request, HttpEvents events);
    qsizetype running() const { return qsizetype(m_transfers.size()); }

private:
    friend class HttpTransfer;
    using State = HttpTransfer::State;
    using StatePointer = std::shared_ptr<State>;
    using Clock = std::chrono::steady_clock;
    struct Notifiers
    {
        QSocketNotifier *read = nullptr;
        QSocketNotifier *write = nullptr;
    };

    static int onSocket(CURL *, curl_socket_t socket, int what, void *self, void *);
    static int onTimer(CURLM *, long milliseconds, void *self);
    static size_t onHeader(char *data, size_t, size_t size, void *state);
    static size_t onBody(char *data, size_t, size_t size, void *state);
    static curl_socket_t onOpenSocket(void *state, curlsocktype, curl_sockaddr *address);
    static int onCloseSocket(void *self, curl_socket_t socket);
    static int onConnected(void *state, char *remoteAddress, char *localAddress, int, int);

    CURL *newHandle();
    void configure(State &state);
    void watch(curl_socket_t socket, int what);
    void act(curl_socket_t socket, int what);
    void collectFinished();
    void queue(State &state);
    void deliver();
    void deliver(const StatePointer &state);
    void checkDeadlines();
    void armDeadline(Clock::time_point deadline);
    void finish(State &state, HttpEnd end);
    void release(State &state);
    void cancel(State &state);

    Options m_options;
    CURLM *m_multi;
    QTimer m_curlTimer;
    QTimer m_deadlineTimer;
    QTimer m_deliverTimer;
    QHash<curl_socket_t, Notifiers> m_notifiers;
    std::unordered_map<State *, StatePointer> m_transfers;
    std::vector<StatePointer> m_ready; // have something to deliver
    std::vector<CURL *> m_spare;
    bool m_delivering = false;
};

} // namespace providers
