// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_body_store.h"

#include "server/database/columns.h"

using namespace Qt::StringLiterals;
using database::column;

namespace {

// As text that PostgreSQL takes; cut where it is too long.
QString stored(const QByteArray &body, bool &isCut)
{
    isCut = body.size() > GatewayBodies::longest;
    qsizetype end = std::min(body.size(), GatewayBodies::longest);
    while (isCut && end > 0 && (uchar(body[end]) & 0xC0) == 0x80) // within a character
        --end;
    QString text = QString::fromUtf8(body.first(end));
    text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
    if (isCut)
        text += u"\n[cut here: the whole has %1 bytes]"_s.arg(body.size());
    return text;
}

} // namespace

GatewayBodies GatewayBodies::of(const QUuid &attemptId, const QDateTime &calledAt, int days, const QByteArray &request,
                                const QByteArray &answer)
{
    GatewayBodies bodies{
        .attemptId = attemptId, .calledAt = calledAt, .deleteAt = calledAt.addDays(days), .request = {}, .answer = {}};
    bodies.request = stored(request, bodies.requestIsCut);
    bodies.answer = stored(answer, bodies.answerIsCut);
    return bodies;
}

namespace GatewayBodyStore {

void record(Transaction &tx, const QList<GatewayBodies> &bodies)
{
    if (bodies.isEmpty())
        return;
    tx.run(R"(
        INSERT INTO gateway_bodies (attempt_id, called_at, delete_at, request, answer, request_is_cut, answer_is_cut)
        SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::text[], $6::boolean[],
                             $7::boolean[])
        ON CONFLICT (attempt_id) DO NOTHING)",
           column(bodies, &GatewayBodies::attemptId), column(bodies, &GatewayBodies::calledAt),
           column(bodies, &GatewayBodies::deleteAt), column(bodies, &GatewayBodies::request),
           column(bodies, &GatewayBodies::answer), column(bodies, &GatewayBodies::requestIsCut),
           column(bodies, &GatewayBodies::answerIsCut));
}

std::optional<GatewayCallBodies> find(Transaction &tx, const QUuid &attemptId)
{
    return tx.maybe<GatewayCallBodies>(R"(
        SELECT request, answer, request_is_cut, answer_is_cut, deleted_at
        FROM kept_gateway_bodies
        WHERE attempt_id = $1)",
                                       attemptId);
}

qint64 removeOld(Transaction &tx, int limit)
{
    const qint64 promised = tx.run(R"(
        DELETE FROM gateway_bodies
        WHERE attempt_id IN (SELECT attempt_id FROM gateway_bodies WHERE delete_at <= now() LIMIT $1))",
                                   limit);
    if (promised >= limit)
        return promised;
    const int days = tx.one<int>("SELECT coalesce(body_days, 0) FROM gateway_settings");
    return promised
        + tx.run(R"(
        DELETE FROM gateway_bodies
        WHERE attempt_id IN (SELECT attempt_id
                             FROM gateway_bodies
                             WHERE called_at <= now() - make_interval(days => $1)
                             LIMIT $2))",
                 days, limit - int(promised));
}

QList<QUuid> claimTenants(Transaction &platform, std::chrono::seconds since, int limit)
{
    return platform.all<QUuid>(R"(
        UPDATE gateway_body_tenants
        SET purged_at = now()
        WHERE tenant_id IN (SELECT tenant_id
                            FROM gateway_body_tenants
                            WHERE purged_at <= now() - make_interval(secs => $1)
                            ORDER BY purged_at
                            LIMIT $2
                            FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id)",
                               qint64(since.count()), limit);
}

} // namespace GatewayBodyStore
