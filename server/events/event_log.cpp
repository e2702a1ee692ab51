// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/event_log.h"

#include "server/database/columns.h"

#include <QHash>

namespace {

// One process numbers at a time; the key has no meaning of its own.
constexpr qint64 sequencerLock = 7165002;

// Where an event stands in the log of its tenant.
struct Number
{
    QUuid tenantId;
    qint64 sequence = 0;
    qint64 event = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"tenantId", &Number::tenantId}, Field{"sequence", &Number::sequence},
                          Field{"event", &Number::event}};
    }
};

struct Row
{
    qint64 id = 0;
    QString topic;
    QString name;
    QString data;
    QDateTime createdAt;

    static constexpr auto fields()
    {
        return std::tuple{Field{"id", &Row::id}, Field{"topic", &Row::topic}, Field{"name", &Row::name},
                          Field{"data", &Row::data}, Field{"createdAt", &Row::createdAt}};
    }
};

// In the order of the numbers; those that were forgotten meanwhile are missing.
QList<LoggedEvent> numbered(Transaction &platform, const QList<Number> &numbers)
{
    if (numbers.isEmpty())
        return {};
    QHash<qint64, Row> rows;
    rows.reserve(numbers.size());
    // By a list of ids, which reads the table whole at most once even where the plan was made when it was empty.
    for (Row &row :
         platform.all<Row>("SELECT id, topic, name, data::text AS data, created_at FROM events WHERE id = ANY ($1)",
                           database::column(numbers, &Number::event)))
        rows.insert(row.id, std::move(row));
    QList<LoggedEvent> events;
    events.reserve(numbers.size());
    for (const Number &number : numbers)
        if (const auto row = rows.constFind(number.event); row != rows.cend())
            events.append(
                {number.tenantId, number.sequence, row->topic, row->name, row->data.toUtf8(), row->createdAt});
    return events;
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
    const auto numbers = platform.all<Number>(R"(
        WITH oldest AS MATERIALIZED (
            SELECT id, tenant_id, events
            FROM (SELECT id, tenant_id, events, sum(cardinality(events)) OVER (ORDER BY id) - cardinality(events) AS before
                  FROM (SELECT id, tenant_id, events FROM event_arrivals ORDER BY id LIMIT $1) AS arrivals) AS summed
            WHERE before < $1
        ), taken AS (
            DELETE FROM event_arrivals WHERE id = ANY (ARRAY(SELECT id FROM oldest))
        ), added AS MATERIALIZED (
            SELECT tenant_id, array_agg(event.id ORDER BY oldest.id, event.place) AS events
            FROM oldest, unnest(oldest.events) WITH ORDINALITY AS event (id, place)
            GROUP BY tenant_id
        ), heads AS (
            INSERT INTO event_heads AS head (tenant_id, last)
            SELECT tenant_id, cardinality(events) FROM added ORDER BY tenant_id
            ON CONFLICT (tenant_id) DO UPDATE SET last = head.last + excluded.last
            RETURNING tenant_id, last
        ), pages AS (
            INSERT INTO event_pages (tenant_id, last, events)
            SELECT tenant_id, heads.last, added.events FROM added JOIN heads USING (tenant_id)
            RETURNING tenant_id, last, events
        )
        SELECT pages.tenant_id, pages.last - cardinality(pages.events) + event.place AS sequence, event.id AS event
        FROM pages, unnest(pages.events) WITH ORDINALITY AS event (id, place)
        ORDER BY pages.tenant_id, event.place)",
                                              limit);
    return numbered(platform, numbers);
}

Bounds bounds(Transaction &platform, const QUuid &tenantId)
{
    Bounds bounds;
    bounds.latest = platform.maybe<qint64>("SELECT last FROM event_heads WHERE tenant_id = $1", tenantId).value_or(0);
    bounds.oldest = platform
                        .maybe<qint64>(R"(
        SELECT last - cardinality(events) + 1 FROM event_pages WHERE tenant_id = $1 ORDER BY last LIMIT 1)",
                                       tenantId)
                        .value_or(bounds.latest + 1);
    return bounds;
}

QList<LoggedEvent> after(Transaction &platform, const QUuid &tenantId, qint64 sequence, int limit)
{
    const auto numbers = platform.all<Number>(R"(
        SELECT $1::uuid AS tenant_id, page.last - cardinality(page.events) + event.place AS sequence, event.id AS event
        FROM (SELECT last, events FROM event_pages WHERE tenant_id = $1 AND last > $2 ORDER BY last LIMIT $3) AS page,
             unnest(page.events) WITH ORDINALITY AS event (id, place)
        WHERE page.last - cardinality(page.events) + event.place > $2
        ORDER BY sequence
        LIMIT $3)",
                                              tenantId, sequence, limit);
    const QList<LoggedEvent> events = numbered(platform, numbers);
    // Forgotten between the two statements, they have left their pages as well.
    return events.size() == numbers.size() ? events : after(platform, tenantId, sequence, limit);
}

qint64 forget(Transaction &platform, const QDateTime &before, int limit)
{
    return platform.run(R"(
        WITH oldest AS MATERIALIZED (
            SELECT place
            FROM (SELECT place, numbered_at, sum(size) OVER (ORDER BY numbered_at, place) - size AS sooner
                  FROM (SELECT ctid AS place, numbered_at, cardinality(events) AS size
                        FROM event_pages ORDER BY numbered_at LIMIT $2) AS pages) AS summed
            WHERE numbered_at < $1 AND sooner < $2
        ), gone AS (
            DELETE FROM event_pages WHERE ctid = ANY (ARRAY(SELECT place FROM oldest)) RETURNING events
        )
        DELETE FROM events WHERE id = ANY (ARRAY(SELECT unnest(events) FROM gone)))",
                        before, limit);
}

} // namespace EventLog
