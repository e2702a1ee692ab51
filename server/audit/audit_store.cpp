// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_store.h"

#include "server/audit/audit_log.h"

using namespace Qt::StringLiterals;

namespace AuditStore {

namespace {

// Entries that have, for each word, one that begins with it. Of letters and digits only, so nothing needs quoting.
std::optional<QString> textQuery(const std::optional<QString> &search)
{
    const QStringList words = AuditLog::wordsOf(search.value_or(QString()));
    if (words.isEmpty())
        return std::nullopt;
    return u'\'' + words.join(u"':* & '"_s) + u"':*"_s;
}

} // namespace

QList<AuditEntry> list(Transaction &tx, const AuditFilter &filter, std::optional<qint64> before, int limit)
{
    return tx.all<AuditEntry>(R"(
        SELECT id, sequence, at, actor_id, actor_name, session_id, address, request_id, action, subject_type, subject_id,
               subject_label, outcome, times, reason
        FROM audit_entries
        WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::uuid IS NULL OR session_id = $2)
          AND ($3::text IS NULL OR subject_type = $3) AND ($4::text IS NULL OR subject_id = $4)
          AND ($5::text IS NULL OR action = $5) AND ($6::text IS NULL OR outcome = $6)
          AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8)
          AND ($9::text IS NULL OR request_id = $9)
          AND ($10::text IS NULL OR to_tsvector('simple', search_text) @@ $10::tsquery)
          AND ($11::bigint IS NULL OR sequence < $11)
        ORDER BY sequence DESC
        LIMIT $12)",
                              filter.actorId, filter.sessionId, filter.subjectType, filter.subjectId, filter.action,
                              filter.outcome, filter.from, filter.to, filter.requestId, textQuery(filter.search),
                              before, limit);
}

QList<Row> rows(Transaction &tx, const AuditFilter &filter, std::optional<qint64> before, int limit)
{
    return tx.all<Row>(R"(
        SELECT id, sequence, at, actor_id, actor_name, session_id, address, request_id, action, subject_type, subject_id,
               subject_label, outcome, times, before, after, reason, encode(previous_hash, 'hex') AS previous_hash,
               encode(hash, 'hex') AS hash
        FROM audit_entries
        WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::uuid IS NULL OR session_id = $2)
          AND ($3::text IS NULL OR subject_type = $3) AND ($4::text IS NULL OR subject_id = $4)
          AND ($5::text IS NULL OR action = $5) AND ($6::text IS NULL OR outcome = $6)
          AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8)
          AND ($9::text IS NULL OR request_id = $9)
          AND ($10::text IS NULL OR to_tsvector('simple', search_text) @@ $10::tsquery)
          AND ($11::bigint IS NULL OR sequence < $11)
        ORDER BY sequence DESC
        LIMIT $12)",
                       filter.actorId, filter.sessionId, filter.subjectType, filter.subjectId, filter.action,
                       filter.outcome, filter.from, filter.to, filter.requestId, textQuery(filter.search), before,
                       limit);
}

std::optional<AuditDetail> find(Transaction &tx, const QUuid &id)
{
    const auto row = tx.maybe<Row>(R"(
        SELECT id, sequence, at, actor_id, actor_name, session_id, address, request_id, action, subject_type, subject_id,
               subject_label, outcome, times, before, after, reason, encode(previous_hash, 'hex') AS previous_hash,
               encode(hash, 'hex') AS hash
        FROM audit_entries
        WHERE id = $1)",
                                   id);
    if (!row)
        return std::nullopt;
    return AuditDetail{{row->id, row->sequence, row->at, row->actorId, row->actorName, row->sessionId, row->address,
                        row->requestId, row->action, row->subjectType, row->subjectId, row->subjectLabel, row->outcome,
                        row->times, row->reason},
                       row->before,
                       row->after,
                       row->previousHash,
                       row->hash};
}

} // namespace AuditStore
