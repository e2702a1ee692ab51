// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/security/key_ring.h"
#include "server/security/lru_cache.h"

#include <QString>
#include <QUuid>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

// What an access token says. Times are seconds since 1970 (UTC).
struct AccessClaims
{
    QUuid userId; // sub
    QUuid tenantId; // tid
    QUuid sessionId; // sid
    qint64 issuedAt = 0; // iat
    qint64 expiresAt = 0; // exp
};

qint64 secondsNow();

struct AccessTokenOptions
{
    QString issuer = QStringLiteral("patio");
    QString audience = QStringLiteral("patio");
    int lifetime = 15 * 60; // seconds
    int leeway = 5; // seconds that the clocks of two machines may differ
    std::size_t cacheSize = 20'000; // tokens whose signature need not be checked again
    std::function<qint64()> now = secondsNow; // seconds since 1970
};

// Makes and checks the short-lived JSON Web Tokens (RFC 7519) that requests carry. Signatures are EdDSA (RFC 8037) by a
// key of the ring: the header is never asked how to check, only which of our keys it means. Whether the session still
// lives is another question (Authenticator). Any thread; a token seen before costs one look-up.
class AccessTokens
{
public:
    explicit AccessTokens(AccessTokenOptions options = {});

    void setKeys(KeyRing ring); // forgets all verified tokens
    std::shared_ptr<const KeyRing> keys() const;

    QByteArray issue(const QUuid &userId, const QUuid &tenantId, const QUuid &sessionId) const;
    int lifetime() const { return m_options.lifetime; }

    enum class Verdict { Good, Malformed, UnknownKey, BadSignature, WrongClaims, TooOld, TooEarly };
    struct Answer
    {
        Verdict verdict = Verdict::Malformed;
        AccessClaims claims; // when Good
    };
    Answer verify(const QByteArray &token);

    quint64 signatureChecks() const { return m_signatureChecks; }

private:
    Answer check(const QByteArray &token);
    Verdict inTime(const AccessClaims &claims, std::optional<qint64> notBefore) const;

    const AccessTokenOptions m_options;
    mutable std::mutex m_mutex;
    std::shared_ptr<const KeyRing> m_ring;
    struct HashBytes
    {
        std::size_t operator()(const QByteArray &bytes) const { return qHash(bytes); }
    };
    LruCache<QByteArray, AccessClaims, HashBytes> m_verified;
    std::atomic<quint64> m_signatureChecks{0};
};
