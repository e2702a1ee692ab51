// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/guard.h"

#include "server/http/edge_answers.h"
#include "server/http/sockets.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace http {
namespace {

Q_LOGGING_CATEGORY(lcGuard, "server.http")

constexpr qsizetype scratchSize = 64 * 1024;

// Often enough for the shortest deadline, and not more often than anybody could notice.
int tickInterval(const Limits &limits)
{
    const auto shortest = std::min({limits.headTime, limits.bodyGrace, limits.answerTime, limits.readTime, limits.idle,
                                    limits.linger, limits.webSocketPing});
    return int(std::clamp<qint64>(shortest.count() / 8, 10, 250));
}

} // namespace

Guard::Guard(const ServerOptions &options, Registry &registry, std::shared_ptr<Mailbox> mailbox)
    : m_options(options),
      m_registry(registry),
      m_mailbox(std::move(mailbox)),
      m_scratch(scratchSize, Qt::Uninitialized)
{
    m_clock.start();
    m_mailbox->beforeEach = [this] { keepUnsentLimit(); };
    QObject::connect(&m_ticker, &QTimer::timeout, &m_ticker, [this] { tick(); });
    m_ticker.start(tickInterval(options.limits));
    m_bridge.listener().onConnection = [this](qintptr descriptor) { accept(descriptor); };
    // Out of descriptors, for example: Qt stops accepting until it is told to go on.
    QObject::connect(&m_bridge.listener(), &QTcpServer::acceptError, &m_ticker, [this] {
        qCWarning(lcGuard, "Cannot accept connections at the moment: %ls",
                  qUtf16Printable(m_bridge.listener().errorString()));
        QTimer::singleShot(100, &m_bridge.listener(), &QTcpServer::resumeAccepting);
    });
}

Guard::~Guard()
{
    m_bridge.listener().close();
    m_links.clear();
    m_resting.clear();
    m_retired.clear();
    m_mailbox->beforeEach = {};
}

bool Guard::listen(qintptr descriptor, QString *error)
{
    Listener &listener = m_bridge.listener();
    if (!listener.setSocketDescriptor(descriptor)) {
        sockets::closeDescriptor(descriptor);
        *error = u"Cannot use the listening socket: %1"_s.arg(listener.errorString());
        return false;
    }
    return m_bridge.start();
}

void Guard::accept(qintptr descriptor)
{
    const sockets::Peer peer = sockets::peerOf(descriptor);
    std::optional<Registry::Admission> admission = m_registry.admit(peer.address);
    if (!admission) {
        sockets::sendAndClose(descriptor, m_tls ? QByteArray() : edgeAnswer(503));
        return;
    }
    auto transport = makeTransport(descriptor, m_tls ? &*m_tls : nullptr);
    add(std::make_unique<Connection>(*this, std::move(transport), std::move(*admission), peer.address, peer.port));
}

void Guard::add(std::unique_ptr<Link> link)
{
    Link &added = *link;
    added.m_place = m_links.insert(m_links.end(), std::move(link));
}

void Guard::retire(Link &link)
{
    if (m_retired.empty()) {
        m_mailbox->post([this] {
            std::list<std::unique_ptr<Link>> retired; // destroying one may retire others
            retired.swap(m_retired);
        });
    }
    m_retired.splice(m_retired.end(), listOf(link), link.m_place);
}

void Guard::wake(Link &link)
{
    m_links.splice(m_links.end(), m_resting, link.m_place);
    link.m_resting = false;
}

void Guard::upgrade(std::unique_ptr<Transport> transport, Registry::Admission admission, const Request &request,
                    const QByteArray &early)
{
    auto link = std::make_unique<WebSocketLink>(*this, std::move(transport), std::move(admission));
    WebSocketLink &added = *link;
    add(std::move(link));
    added.start(request, early);
}

void Guard::flushLater(WebSocketLink &link)
{
    if (m_unflushed.empty())
        m_mailbox->post([this] { flushWaiting(); });
    m_unflushed.push_back(&link);
}

void Guard::flushWaiting()
{
    for (WebSocketLink *waiting : std::exchange(m_unflushed, {})) {
        if (waiting)
            waiting->flushNow();
    }
}

void Guard::forget(WebSocketLink &link)
{
    std::replace(m_unflushed.begin(), m_unflushed.end(), &link, static_cast<WebSocketLink *>(nullptr));
}

void Guard::tick()
{
    m_now = m_clock.elapsed();
    keepUnsentLimit();
    for (auto next = m_links.begin(); next != m_links.end();) {
        Link &link = **next++; // it may leave the list
        if (link.rests(m_now)) {
            m_resting.splice(m_resting.end(), m_links, link.m_place);
            link.m_resting = true;
        } else {
            link.tick(m_now);
        }
    }
    while (!m_resting.empty()) {
        Link &longest = *m_resting.front();
        longest.tick(m_now);
        if (!m_resting.empty() && m_resting.front().get() == &longest)
            break; // not late, so nobody behind it is
    }
}

void Guard::closeSlowReaders()
{
    flushWaiting(); // what nobody has tried to send yet says nothing about its reader
    if (m_unsent <= m_options.limits.unsentTogether)
        return;
    const qint64 enough = m_options.limits.unsentTogether / 4 * 3; // so that the next write does not lead here again
    std::vector<std::pair<qint64, Link *>> readers;
    for (const auto &link : m_links) {
        if (link->unsent())
            readers.emplace_back(link->expectedReadingTime(m_now), link.get());
    }
    std::sort(readers.begin(), readers.end(), std::greater<>());
    for (const auto &[time, link] : readers) {
        if (m_unsent <= enough)
            break;
        link->timedOut();
    }
}

void Guard::drain(std::chrono::milliseconds quiet)
{
    m_drainQuiet = quiet.count();
    for (auto next = m_links.begin(); next != m_links.end();)
        (*next++)->drain();
    sockets::refuseNewHandshakes(m_bridge.listener().socketDescriptor());
    QTimer::singleShot(quiet, &m_ticker, [this] { stopListening(); });
}

// By now the handshakes that were under way are finished; what waits in the queue is accepted first, because closing
// would reset it.
void Guard::stopListening()
{
    Listener &listener = m_bridge.listener();
    sockets::acceptAll(listener.socketDescriptor(), [this](qintptr descriptor) { accept(descriptor); });
    listener.close();
}

void Guard::abortAll()
{
    for (auto *list : {&m_resting, &m_links}) {
        for (auto next = list->begin(); next != list->end();)
            (*next++)->abort();
    }
}

const QByteArray &Guard::date()
{
    const qint64 second = QDateTime::currentSecsSinceEpoch();
    if (second != std::exchange(m_dateSecond, second))
        m_date =
            QLocale::c()
                .toString(QDateTime::fromSecsSinceEpoch(second, Qt::UTC), u"'Date: 'ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
                .toLatin1()
                .append("\r\n");
    return m_date;
}

} // namespace http
