// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/idempotency/idempotency.h"

#include "server/security/random.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcIdempotency, "server.idempotency")

void checkKey(const QByteArray &key)
{
    const auto isVisible = [](char c) { return c > ' ' && c < 0x7f; };
    if (key.isEmpty() || key.size() > 255 || !std::all_of(key.begin(), key.end(), isVisible))
        throw ApiError::malformed(
            u"The header Idempotency-Key must have 1 to 255 letters, digits or signs without spaces, such as a UUID."_s);
}

ApiError reused(const QString &key)
{
    return ApiError::make(
        422, "idempotency_key_reused",
        u"The Idempotency-Key %1 came with another request before. Use a new key for each thing you make."_s.arg(key));
}

Idempotency::Saved answerOf(const IdempotencyStore::Row &row)
{
    return {*row.status, row.contentType.value_or(QString()).toLatin1(), row.etag.value_or(QString()).toLatin1(),
            row.body.value_or(QByteArray())};
}

// Runs what must not throw; the outcome for the client is decided already.
template<class Work> void quietly(const char *what, const Work &work)
{
    try {
        work();
    } catch (const ApiError &error) {
        qCWarning(lcIdempotency).noquote() << what << error.detail;
    } catch (const std::exception &error) {
        qCWarning(lcIdempotency) << what << error.what();
    }
}

} // namespace

Idempotency::Idempotency(Database &database, const SecretBox &box) : m_database(database), m_box(box) { }

Idempotency::Key Idempotency::key(const QByteArray &key, const QByteArray &request) const
{
    checkKey(key);
    return {QString::fromLatin1(key), security::hash(request, m_box.derive("idempotency").first())};
}

std::optional<QUuid> Idempotency::madeBefore(Transaction &tx, const QUuid &userId, const Key &key)
{
    IdempotencyStore::forgetExpired(tx);
    if (IdempotencyStore::insert(tx, userId, key.text, key.requestHash))
        return std::nullopt;
    const auto known = IdempotencyStore::find(tx, userId, key.text);
    if (!known || !known->made || !security::equal(known->requestHash, key.requestHash))
        throw reused(key.text);
    return known->made;
}

void Idempotency::made(Transaction &tx, const QUuid &userId, const Key &key, const QUuid &id)
{
    IdempotencyStore::setMade(tx, userId, key.text, id);
}

std::variant<Idempotency::Saved, std::shared_ptr<Idempotency::Run>>
Idempotency::begin(const Caller &caller, const QByteArray &keyBytes, const QByteArray &request)
{
    const Key asked = this->key(keyBytes, request);
    const QString &key = asked.text;
    const QByteArray &hash = asked.requestHash;
    const auto known =
        m_database.transaction(caller.scope(), [&](Transaction &tx) -> std::optional<IdempotencyStore::Row> {
            IdempotencyStore::forgetExpired(tx);
            if (IdempotencyStore::insert(tx, caller.userId, key, hash))
                return std::nullopt;
            return IdempotencyStore::find(tx, caller.userId, key).value_or(IdempotencyStore::Row{.requestHash = hash});
        });
    if (!known)
        return std::make_shared<Run>(m_database, caller, key);
    if (!security::equal(known->requestHash, hash))
        throw reused(key);
    if (known->status)
        return answerOf(*known);
    if (known->isOld)
        throw ApiError::make(
            409, "idempotency_outcome_unknown",
            u"The first request with the Idempotency-Key %1 was cut off on the server. Look whether it took effect, "
            "then go on with a new key."_s.arg(key));
    ApiError running = ApiError::make(
        409, "idempotency_in_progress",
        u"The first request with the Idempotency-Key %1 is still running. Try again in a moment."_s.arg(key));
    running.retryAfter = 1;
    throw running;
}

Idempotency::Run::Run(Database &database, const Caller &caller, QString key)
    : m_database(database),
      m_scope(caller.scope()),
      m_userId(caller.userId),
      m_key(std::move(key))
{
}

Idempotency::Run::~Run() { free(); }

void Idempotency::Run::free()
{
    if (std::exchange(m_finished, true))
        return;
    quietly("A key could not be freed:", [&] {
        m_database.transaction(m_scope, [&](Transaction &tx) { IdempotencyStore::remove(tx, m_userId, m_key); });
    });
}

void Idempotency::Run::finish(const Saved &answer)
{
    m_finished = true;
    quietly("An answer could not be kept for its key:", [&] {
        m_database.transaction(m_scope, [&](Transaction &tx) { IdempotencyStore::save(tx, m_userId, m_key, answer); });
    });
}
