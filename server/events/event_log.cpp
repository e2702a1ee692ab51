// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/event_log.h"

#include <algorithm>

namespace {

// One process numbers at a time; the key has no meaning of its own.
constexpr qint64 sequencerLock = 7165002;

struct Row
{
    QUuid tenantId;
    qint64 sequence = 0;
    QString topic;
    QString name;
    QString data;
    QDateTime createdAt;

    static constexpr auto fields()
    {
        return std::tuple{Field{"tenantId", &Row::tenantId}, Field{"sequence", &Row::sequence},
                          Field{"topic", &Row::topic},       Field{"name", &Row::name},
                          Field{"data", &Row::data},         Field{"createdAt", &Row::createdAt}};
    }
};

LoggedEvent logged(const Row &row)
{
    return {row.tenantId, row.sequence, row.topic, row.name, row.data.toUtf8(), row.createdAt};
}

QList<LoggedEvent> logged(const QList<Row> &rows)
{
    QList<LoggedEvent> list;
    list.reserve(rows.size());
    for (const Row &row : rows)
        list.append(logged(row));
    return list;
}

struct Columns
{
    QList<QString> topics, names, documents;

    explicit Columns(const QList<NewEvent> &events)
    {
        for (const NewEvent &event : events) {
            topics.append(event.topic);
            names.append(event.name);
            documents.append(QString::fromUtf8(event.data));
        }
    }
};

} // namespace

namespace EventLog {

void append(Transaction &tx, const QList<NewEvent> &events)
{
    if (events.isEmpty())
        return;
    const Columns columns(events);
    tx.run("SELECT platform.append_events($1, $2, $3)", columns.topics, columns.names, columns.documents);
}

void appendFor(Transaction &platform, const QList<QUuid> &tenants, const QList<NewEvent> &events)
{
    if (events.isEmpty())
        return;
    const Columns columns(events);
    platform.run(R"(
        INSERT INTO events (tenant_id, topic, name, data)
        SELECT event.tenant_id, event.topic, event.name, event.document::json
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS event (tenant_id, topic, name, document, place)
        ORDER BY place)",
                 tenants, columns.topics, columns.names, columns.documents);
}

QList<LoggedEvent> assignSequences(Transaction &platform, int limit)
{
    platform.run("SELECT pg_advisory_xact_lock($1)", sequencerLock);
    auto events = logged(platform.all<Row>(R"(
        WITH pending AS MATERIALIZED (
            SELECT id, tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS place,
                   count(*) OVER (PARTITION BY tenant_id) AS added
            FROM (SELECT id, tenant_id FROM events WHERE sequence IS NULL ORDER BY id LIMIT $1) AS oldest
        ), heads AS (
            INSERT INTO event_heads AS head (tenant_id, last)
            SELECT tenant_id, added FROM pending WHERE place = 1
            ON CONFLICT (tenant_id) DO UPDATE SET last = head.last + excluded.last
            RETURNING tenant_id, last
        )
        UPDATE events AS event
        SET sequence = heads.last - pending.added + pending.place
        FROM pending JOIN heads USING (tenant_id)
        WHERE event.id = pending.id
        RETURNING event.tenant_id, event.sequence, event.topic, event.name, event.data::text AS data, event.created_at)",
                                           limit));
    std::sort(events.begin(), events.end(), [](const LoggedEvent &left, const LoggedEvent &right) {
        return std::tuple(left.tenantId, left.sequence) < std::tuple(right.tenantId, right.sequence);
    });
    return events;
}

Bounds bounds(Transaction &platform, const QUuid &tenantId)
{
    Bounds bounds;
    bounds.latest = platform.maybe<qint64>("SELECT last FROM event_heads WHERE tenant_id = $1", tenantId).value_or(0);
    bounds.oldest = platform
                        .maybe<qint64>(R"(
        SELECT sequence FROM events WHERE tenant_id = $1 AND sequence IS NOT NULL ORDER BY sequence LIMIT 1)",
                                       tenantId)
                        .value_or(bounds.latest + 1);
    return bounds;
}

QList<LoggedEvent> after(Transaction &platform, const QUuid &tenantId, qint64 sequence, int limit)
{
    return logged(platform.all<Row>(R"(
        SELECT tenant_id, sequence, topic, name, data::text AS data, created_at
        FROM events
        WHERE tenant_id = $1 AND sequence > $2
        ORDER BY sequence
        LIMIT $3)",
                                    tenantId, sequence, limit));
}

qint64 forget(Transaction &platform, const QDateTime &before, int limit)
{
    return platform.run(R"(
        DELETE FROM events
        WHERE ctid = ANY (ARRAY(
            SELECT oldest.ctid
            FROM (SELECT ctid, created_at, sequence FROM events ORDER BY id LIMIT $2) AS oldest
            WHERE oldest.created_at < $1 AND oldest.sequence IS NOT NULL)))",
                        before, limit);
}

} // namespace EventLog
