// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/exchange.h"
#include "server/http/limits.h"
#include "server/http/message.h"

#include <QHostAddress>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace http {

class IoThread;
class Registry;
class WebSocket;

// Answers a request, now or later. Called on the connection's I/O thread, so it must not block; several threads call
// it at the same time. What it throws is logged and answered with 500.
using Handler = std::function<void(std::shared_ptr<Exchange>)>;

// May this request become a WebSocket? 0: yes; else the HTTP status that refuses it. Look at Origin and credentials.
// Called like a handler, must answer at once.
using UpgradeCheck = std::function<int(const Request &)>;

// Takes over a new WebSocket, on its I/O thread, by giving it a user.
using OnWebSocket = std::function<void(WebSocket &, const Request &)>;

// PEM files. The certificate file holds the chain, the server's own certificate first.
struct TlsFiles
{
    QString certificate;
    QString key;
};

struct ServerOptions
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; // 0: any free one, see Server::port
    int threads = 0; // 0: half the processors, at least one
    Limits limits;
    std::optional<TlsFiles> tls;

    Handler handler;
    UpgradeCheck upgradeCheck; // without one, no request becomes a WebSocket
    OnWebSocket onWebSocket;
    // The largest body of a request, in bytes, asked once the head is known; negative: Limits::body. Any I/O thread.
    std::function<qint64(QByteArrayView method, QByteArrayView path)> bodyLimit;
};

struct Counters
{
    int open = 0; // connections, WebSockets among them
    quint64 accepted = 0; // connections
    quint64 refused = 0; // connections over a limit
    quint64 timeouts = 0; // connections closed by a deadline, or for reading most slowly when memory was short
    quint64 rejected = 0; // requests that the edge answered itself, because they were malformed or too large
    quint64 served = 0; // requests passed to the handler
};

// The HTTP edge: several I/O threads, each with its own listener on the same port (Linux shares the port among them),
// event loop, guard and Qt HttpServer. Used from the thread that made it; the functions above are called on the I/O
// threads.
class Server
{
public:
    explicit Server(ServerOptions options);
    ~Server(); // stop()
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    // False: not listening, *error says why and what to do. Raises the limit of open files as far as it may.
    bool start(QString *error);
    quint16 port() const { return m_port; }

    // Reads the certificate files again; connections made from now on use them. False: *error says why, the old ones
    // stay.
    bool reloadTls(QString *error);

    // For SIGTERM: stops accepting, lets what runs finish, closes connections when they are idle. Returns when all are
    // closed, or after `grace` when the rest has been cut. Answers may come from anywhere meanwhile. Blocks.
    void drain(std::chrono::milliseconds grace);
    // Ends everything at once.
    void stop();

    Counters counters() const;

private:
    ServerOptions m_options;
    std::unique_ptr<Registry> m_registry;
    std::vector<std::unique_ptr<IoThread>> m_threads;
    quint16 m_port = 0;
};

} // namespace http
