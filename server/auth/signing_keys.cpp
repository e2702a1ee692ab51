// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/signing_keys.h"

#include "server/auth/signing_key_store.h"
#include "server/database/listener.h"

#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SigningKeyStore::Row;

namespace {

Q_LOGGING_CATEGORY(lcKeys, "server.auth.keys")

constexpr int signingDays = 30;
constexpr int publishedAheadDays = 1;
constexpr int verifyingSeconds = 60 * 60; // after the last signature; tokens live 15 minutes

QByteArray purpose(const QString &id) { return "signing key " + id.toLatin1(); }

// `rows`: the one that signs longest first.
bool nextIsDue(const QList<Row> &rows, const QDateTime &now)
{
    return rows.isEmpty() || rows.first().signsUntil < now.addDays(publishedAheadDays);
}

} // namespace

SigningKeys::SigningKeys(Database &database, const SecretBox &box, AccessTokens &tokens, Now now)
    : m_database(database),
      m_box(box),
      m_tokens(tokens),
      m_now(std::move(now))
{
}

void SigningKeys::load()
{
    {
        const std::lock_guard lock(m_mutex);
        m_loadedAt = std::chrono::steady_clock::now(); // what is announced from here on is read the next time
    }
    const QDateTime now = m_now();
    QList<Row> rows = m_database.platform([](Transaction &tx) { return SigningKeyStore::list(tx); });
    if (nextIsDue(rows, now)) {
        rows = m_database.platform([&](Transaction &tx) {
            SigningKeyStore::takeTurns(tx);
            const QList<Row> present = SigningKeyStore::list(tx);
            if (!nextIsDue(present, now))
                return present; // another process was quicker
            make(tx, now, present.isEmpty() ? now : std::max(now, present.first().signsUntil));
            return SigningKeyStore::list(tx);
        });
    }

    // The earliest that has not ended: by a clock that is slow, its first day may not have come yet.
    const auto signer = std::find_if(rows.rbegin(), rows.rend(), [&](const Row &row) { return now < row.signsUntil; });
    KeyRing ring;
    for (const Row &row : rows) {
        const bool signsNow = &row == &*signer;
        if (row.signsUntil < now.addSecs(-verifyingSeconds))
            continue;
        SigningKey key{row.id.toLatin1(), row.publicKey,
                       signsNow ? m_box.open(row.sealedSecret, purpose(row.id)) : QByteArray()};
        signsNow ? ring.keys.prepend(key) : ring.keys.append(key);
    }
    QList<QByteArray> ids;
    for (const SigningKey &key : ring.keys)
        ids.append(key.id);

    const std::lock_guard lock(m_mutex);
    if (ids == std::exchange(m_ids, ids))
        return; // the same keys: keep what was verified with them
    m_tokens.setKeys(std::move(ring));
}

QString SigningKeys::make(Transaction &tx, const QDateTime &now, const QDateTime &from)
{
    const SigningKey key = SigningKey::generate();
    const QString id = QString::fromLatin1(key.id);
    SigningKeyStore::insert(
        tx, {id, key.publicKey, m_box.seal(key.secretKey, purpose(id)), from, from.addDays(signingDays)});
    SigningKeyStore::removeEndedBefore(tx, now.addSecs(-verifyingSeconds));
    qCInfo(lcKeys).noquote() << "Made the signing key" << id << "for use from" << from.toString(Qt::ISODate);
    return id;
}

QString SigningKeys::rotate(bool fromNowOn)
{
    const QDateTime now = m_now();
    const QDateTime from = fromNowOn ? now : now.addDays(publishedAheadDays);
    const QString id = m_database.platform([&](Transaction &tx) {
        SigningKeyStore::takeTurns(tx);
        SigningKeyStore::endAt(tx, from);
        const QString id = make(tx, now, from);
        tx.run("SELECT pg_notify($1, '')", QString::fromLatin1(channel));
        return id;
    });
    load();
    return id;
}

void SigningKeys::follow(Listener &listener)
{
    const auto forget = [this] {
        const std::lock_guard lock(m_mutex);
        m_loadedAt.reset();
    };
    QObject::connect(&listener, &Listener::reconnected, &listener, forget);
    QObject::connect(&listener, &Listener::notified, &listener, [forget](const QString &name) {
        if (name == QLatin1StringView(channel))
            forget();
    });
}

void SigningKeys::refresh()
{
    if (olderThan(10min))
        load();
}

bool SigningKeys::reload()
{
    if (!olderThan(1s))
        return false;
    load();
    return true;
}

// True for one caller only: the others go on with what is there.
bool SigningKeys::olderThan(std::chrono::steady_clock::duration age)
{
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (m_loadedAt && now - *m_loadedAt < age)
        return false;
    m_loadedAt = now;
    return true;
}
