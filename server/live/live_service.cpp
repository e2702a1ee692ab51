// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_service.h"

#include "server/http/websocket.h"
#include "server/live/live_hub.h"
#include "server/live/live_messages.h"

#include <QThread>

template<class Function> void LiveService::eachHub(Function function)
{
    const std::lock_guard lock(m_mutex);
    for (LiveHub *hub : std::as_const(m_hubs))
        hub->inbox().post(function);
}

LiveService::LiveService(Database &database, LiveServices services)
    : m_database(database),
      m_services(std::move(services)),
      m_presence(database, m_services.work,
                 [this](const QUuid &tenant, const QString &topic, const QList<live::Person> &people) {
                     const QByteArray frame = http::WebSocket::textFrame(live::presenceMessage({topic, people}));
                     eachHub([tenant, topic, frame](LiveHub &hub) { hub.presence(tenant, topic, frame); });
                 })
{
}

LiveService::~LiveService()
{
    // The I/O threads have ended before: what is left belongs to nobody any more.
    Q_ASSERT(m_hubs.isEmpty());
}

void LiveService::adopt(http::WebSocket &socket, const QByteArray &address)
{
    QThread *thread = QThread::currentThread();
    LiveHub *hub = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        LiveHub *&slot = m_hubs[thread];
        if (!slot) {
            slot = new LiveHub(*this);
            QObject::connect(
                thread, &QThread::finished, slot,
                [this, thread, made = slot] {
                    {
                        const std::lock_guard removal(m_mutex);
                        m_hubs.remove(thread);
                    }
                    delete made;
                },
                Qt::DirectConnection);
        }
        hub = slot;
    }
    hub->adopt(socket, address);
}

void LiveService::deliver(const QList<LoggedEvent> &events)
{
    const std::lock_guard lock(m_mutex);
    for (LiveHub *hub : std::as_const(m_hubs))
        hub->inbox().post(events);
}

void LiveService::newsFor(const QList<QUuid> &tenants, bool all)
{
    eachHub([tenants, all](LiveHub &hub) { hub.news(tenants, all); });
}

void LiveService::output(const OutputPiece &piece)
{
    eachHub([piece](LiveHub &hub) { hub.output(piece); });
}

void LiveService::answersFound(const QUuid &tenantId, const QUuid &channelId)
{
    eachHub([tenantId, channelId](LiveHub &hub) { hub.answersFound(tenantId, channelId); });
}

void LiveService::endSession(const QUuid &sessionId)
{
    eachHub([sessionId](LiveHub &hub) { hub.endSession(sessionId); });
}

void LiveService::permissionsChanged(const QList<QUuid> &tenants)
{
    eachHub([tenants](LiveHub &hub) { hub.permissionsChanged(tenants); });
}

void LiveService::follow(Listener &listener) { m_presence.follow(listener); }

int LiveService::connections() const { return m_connections.load(std::memory_order_relaxed); }
