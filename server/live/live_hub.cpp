// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_hub.h"

#include "server/live/channel_audience.h"
#include "server/live/live_connection.h"
#include "server/permissions/record_finder.h"
#include "shared/permissions/policy.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QThread>
#include <QTimer>

Q_LOGGING_CATEGORY(lcLive, "server.live")

using namespace std::chrono_literals;

namespace {
constexpr int page = 500; // events of one read
constexpr int visitsAtOnce = 16; // of a tenant, before the next one's
// Nanoseconds of sending; then the event loop serves whoever else there is. Short, because the same processors commit
// the next messages meanwhile: with a millisecond and no yielding, 1,000 sockets got a quarter fewer of them, and
// later.
constexpr qint64 turn = 150'000;
constexpr qsizetype renewedTogether = 100; // connections
constexpr auto tryAgainLaterCode = 1013;
} // namespace

LiveHub::LiveHub(LiveService &service) : m_service(service) { }

LiveHub::~LiveHub()
{
    const auto all = m_all;
    qDeleteAll(all);
}

void LiveHub::adopt(http::WebSocket &socket, const QByteArray &address)
{
    m_all.insert(new LiveConnection(socket, address, *this));
    ++m_service.m_connections;
}

void LiveHub::forget(LiveConnection *connection)
{
    m_all.remove(connection);
    --m_service.m_connections;
}

void LiveHub::join(LiveConnection *connection, const QUuid &tenantId) { m_tenants[tenantId].fanOut.add(connection); }

void LiveHub::leave(LiveConnection *connection, const QUuid &tenantId)
{
    const auto found = m_tenants.find(tenantId);
    if (found == m_tenants.end())
        return;
    found->fanOut.remove(connection);
    if (found->fanOut.connections().empty() && !found->reading)
        m_tenants.erase(found);
}

void LiveHub::raiseDispatched(const QUuid &tenantId, qint64 sequence)
{
    Tenant &tenant = m_tenants[tenantId];
    if (tenant.dispatched < 0)
        tenant.dispatched = sequence;
}

void LiveHub::read(const QUuid &tenantId, qint64 after, QObject *context, std::function<void(const Catch &)> done)
{
    const QPointer<QObject> alive(context);
    const QPointer<LiveHub> hub(this);
    const auto answer = [hub, alive, done](const Catch &result) {
        QMetaObject::invokeMethod(
            hub,
            [alive, done, result] {
                if (alive)
                    done(result);
            },
            Qt::QueuedConnection);
    };
    Database &database = m_service.m_database;
    const bool taken = services().work([&database, tenantId, after, answer] {
        Catch result;
        try {
            database.platform([&](Transaction &tx) {
                result.bounds = EventLog::bounds(tx, tenantId);
                if (after >= 0 && after < result.bounds.latest)
                    result.events = EventLog::after(tx, tenantId, after, page);
            });
        } catch (const ApiError &) {
            result.failed = true;
        } catch (const std::exception &error) {
            qCWarning(lcLive) << "the event log could not be read:" << error.what();
            result.failed = true;
        }
        answer(result);
    });
    if (!taken)
        answer({.bounds = {}, .events = {}, .failed = true});
}

void LiveHub::send(const QUuid &tenantId, const QList<LoggedEvent> &events)
{
    Tenant &tenant = m_tenants[tenantId];
    const bool isNew = tenant.fanOut.isDone();
    if (!tenant.fanOut.append(events)) {
        tenant.isBehind = true;
        return;
    }
    tenant.dispatched = events.last().sequence;
    if (!isNew)
        return;
    m_sending.append(tenantId);
    if (m_sending.size() == 1) // in a turn of its own: events of many tenants may come in this one
        QMetaObject::invokeMethod(this, &LiveHub::sendOn, Qt::QueuedConnection);
}

void LiveHub::sendOn()
{
    QElapsedTimer since;
    since.start();
    while (!m_sending.isEmpty() && since.nsecsElapsed() < turn) {
        const QUuid tenantId = m_sending.takeFirst();
        const auto tenant = m_tenants.find(tenantId);
        if (tenant == m_tenants.end())
            continue;
        tenant->fanOut.advance(visitsAtOnce);
        if (!tenant->fanOut.isDone())
            m_sending.append(tenantId);
        else if (std::exchange(tenant->isBehind, false))
            readOn(tenantId);
    }
    if (!m_sending.isEmpty()) {
        QThread::yieldCurrentThread();
        QMetaObject::invokeMethod(this, &LiveHub::sendOn, Qt::QueuedConnection);
    }
}

void LiveHub::dispatch(const QList<LoggedEvent> &events)
{
    const auto tenant = m_tenants.find(events.first().tenantId);
    if (tenant == m_tenants.end() || tenant->dispatched < 0 || tenant->isBehind
        || events.last().sequence <= tenant->dispatched)
        return;
    if (events.first().sequence > tenant->dispatched + 1)
        readOn(events.first().tenantId); // another process numbered the ones between
    else
        send(events.first().tenantId, events.mid(tenant->dispatched + 1 - events.first().sequence));
}

void LiveHub::news(const QList<QUuid> &tenants, bool all)
{
    for (const QUuid &tenantId : all ? m_tenants.keys() : tenants)
        if (m_tenants.contains(tenantId))
            readOn(tenantId);
}

void LiveHub::readOn(const QUuid &tenantId)
{
    Tenant &tenant = m_tenants[tenantId];
    if (tenant.dispatched < 0)
        return; // a connection is just reading its first page
    if (tenant.reading) {
        tenant.moreNews = true;
        return;
    }
    tenant.reading = true;
    read(tenantId, tenant.dispatched, this, [this, tenantId](const Catch &result) {
        const auto found = m_tenants.find(tenantId);
        if (found == m_tenants.end())
            return;
        found->reading = false;
        if (found->fanOut.connections().empty()) {
            m_tenants.erase(found);
            return;
        }
        // What has come from this process meanwhile is on its way already.
        const auto isKnown = [&](const LoggedEvent &event) { return event.sequence <= found->dispatched; };
        const auto fresh = std::partition_point(result.events.begin(), result.events.end(), isKnown);
        if (fresh != result.events.end() && fresh->sequence == found->dispatched + 1)
            send(tenantId, result.events.mid(fresh - result.events.begin()));
        const bool more = std::exchange(found->moreNews, false) || result.events.size() == page;
        if (result.failed)
            QTimer::singleShot(1s, this, [this, tenantId] { readOn(tenantId); });
        else if (more && !found->isBehind)
            readOn(tenantId);
    });
}

void LiveHub::output(const OutputPiece &piece)
{
    const auto tenant = m_tenants.constFind(piece.tenantId);
    if (tenant == m_tenants.constEnd())
        return;
    const QString topic = live::jobTopic(piece.jobId);
    QByteArray frame;
    const auto answer = services().answerOf ? services().answerOf(piece.jobId) : std::nullopt;
    for (LiveConnection *connection : tenant->fanOut.connections()) {
        connection->offer(piece, topic, frame);
        if (answer)
            connection->offer(piece, *answer);
    }
}

void LiveHub::answersFound(const QUuid &tenantId, const QUuid &channelId)
{
    const auto tenant = m_tenants.constFind(tenantId);
    if (tenant == m_tenants.constEnd())
        return;
    for (LiveConnection *connection : tenant->fanOut.connections())
        connection->sendAnswersSoFar(channelId);
}

void LiveHub::presence(const QUuid &tenantId, const QString &topic, const QByteArray &frame)
{
    const auto tenant = m_tenants.constFind(tenantId);
    if (tenant == m_tenants.constEnd())
        return;
    for (LiveConnection *connection : tenant->fanOut.connections())
        connection->offerPresence(topic, frame);
}

void LiveHub::endSession(const QUuid &sessionId)
{
    const auto all = m_all;
    for (LiveConnection *connection : all)
        connection->endSession(sessionId);
}

LiveHub::Looked LiveHub::lookNow(Database &database, const Caller &caller, const QStringList &topics)
{
    Looked looked;
    if (topics.isEmpty())
        return looked;
    // Before its members are read: they are then at least as new as this event.
    if (std::any_of(topics.begin(), topics.end(), live::isOfChannels))
        looked.channelsAt =
            database.platform([&](Transaction &tx) { return EventLog::bounds(tx, caller.tenantId).latest; });
    database.transaction(caller.scope(), [&](Transaction &tx) {
        for (const QString &topic : topics) {
            if (topic == live::allChannels) {
                looked.channels = ChannelAudience::ownTopics(tx, caller);
                continue;
            }
            if (live::isOfChannels(topic) && !ChannelAudience::mayFollow(tx, caller, live::recordOf(topic))) {
                looked.hidden.append(topic);
                continue;
            }
            if (!caller.policy)
                continue;
            const Ability needs = live::ruleOf(topic)->needs;
            const Subject &subject = *subjectOf(needs);
            const auto found = findRecord(tx, subject.name, live::recordOf(topic));
            const permissions::Attributes record(subject, found.value_or(QJsonObject()));
            if (!found || !caller.policy->may(needs, record))
                looked.hidden.append(topic);
            else if (subject.indexOf(u"output") >= 0 && !caller.policy->mayField(needs, u"output", record))
                looked.silent.insert(topic);
        }
    });
    return looked;
}

void LiveHub::look(const Caller &caller, const QStringList &topics, QObject *context,
                   std::function<void(const std::optional<Looked> &)> done)
{
    const QPointer<QObject> alive(context);
    const QPointer<LiveHub> hub(this);
    const auto answer = [hub, alive, done](const std::optional<Looked> &result) {
        QMetaObject::invokeMethod(
            hub,
            [alive, done, result] {
                if (alive)
                    done(result);
            },
            Qt::QueuedConnection);
    };
    Database &database = m_service.m_database;
    const bool taken = services().work([&database, caller, topics, answer] {
        try {
            answer(lookNow(database, caller, topics));
        } catch (const std::exception &error) {
            qCWarning(lcLive) << "records could not be looked at:" << error.what();
            answer(std::nullopt);
        }
    });
    if (!taken)
        answer(std::nullopt);
}

void LiveHub::permissionsChanged(const QList<QUuid> &tenants)
{
    for (const QUuid &tenantId : tenants) {
        const auto tenant = m_tenants.constFind(tenantId);
        if (tenant == m_tenants.constEnd())
            continue;
        const QList<LiveConnection *> all(tenant->fanOut.connections().begin(), tenant->fanOut.connections().end());
        for (qsizetype from = 0; from < all.size(); from += renewedTogether)
            renew(all.mid(from, renewedTogether));
    }
}

void LiveHub::renew(const QList<LiveConnection *> &connections)
{
    struct Renewal
    {
        QPointer<LiveConnection> connection;
        Caller caller;
        QSet<QString> topics;
        Looked looked;
        bool failed = true;
    };
    auto renewals = std::make_shared<QList<Renewal>>();
    for (LiveConnection *connection : connections)
        renewals->append({connection, *connection->caller(), connection->topics(), {}, true});
    const QPointer<LiveHub> hub(this);
    const auto apply = [hub, renewals] {
        QMetaObject::invokeMethod(
            hub,
            [renewals] {
                for (const Renewal &renewal : std::as_const(*renewals)) {
                    if (!renewal.connection)
                        continue;
                    // Rather cut off than with rights that it may have lost; who still has a session comes back.
                    if (renewal.failed)
                        renewal.connection->close(tryAgainLaterCode, QStringLiteral("permissions have changed"));
                    else
                        renewal.connection->renewed(renewal.caller, renewal.looked);
                }
            },
            Qt::QueuedConnection);
    };
    Database &database = m_service.m_database;
    const bool taken = services().work([&database, renewCaller = services().renew, renewals, apply] {
        for (Renewal &renewal : *renewals) {
            try {
                renewal.caller = renewCaller(renewal.caller);
                renewal.looked =
                    lookNow(database, renewal.caller, LiveConnection::topicsToLookAt(renewal.topics, renewal.caller));
                renewal.failed = false;
            } catch (const ApiError &) {
                // The session has ended, or the database is busy.
            } catch (const std::exception &error) {
                qCWarning(lcLive) << "permissions could not be read:" << error.what();
            }
        }
        apply();
    });
    if (!taken)
        apply();
}
