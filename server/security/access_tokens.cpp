// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/access_tokens.h"

#include "server/security/base64.h"
#include "server/security/random.h"
#include "server/security/raw_bytes.h"
#include "shared/json/json.h"

#include <sodium.h>

#include <chrono>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 2048; // bytes; ours have about 450

std::optional<QJsonObject> objectIn(QByteArrayView part)
{
    const auto bytes = base64::decode(part);
    if (!bytes)
        return std::nullopt;
    try {
        return json::object(*bytes);
    } catch (const json::SyntaxError &) {
        return std::nullopt;
    }
}

std::optional<qint64> seconds(const QJsonObject &claims, const QString &name)
{
    constexpr qint64 none = std::numeric_limits<qint64>::min();
    const QJsonValue value = claims.value(name);
    const qint64 number = value.isDouble() ? value.toInteger(none) : none;
    return number == none ? std::nullopt : std::optional(number);
}

QUuid uuid(const QJsonObject &claims, const QString &name)
{
    const QString text = claims.value(name).toString();
    return text.size() == 36 ? QUuid::fromString(text) : QUuid();
}

QString text(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

} // namespace

qint64 secondsNow()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

AccessTokens::AccessTokens(AccessTokenOptions options)
    : m_options(std::move(options)),
      m_ring(std::make_shared<KeyRing>()),
      m_verified(m_options.cacheSize)
{
    security::start();
}

void AccessTokens::setKeys(KeyRing ring)
{
    const std::lock_guard lock(m_mutex);
    m_ring = std::make_shared<const KeyRing>(std::move(ring));
    m_verified.clear();
}

std::shared_ptr<const KeyRing> AccessTokens::keys() const
{
    const std::lock_guard lock(m_mutex);
    return m_ring;
}

QByteArray AccessTokens::issue(const QUuid &userId, const QUuid &tenantId, const QUuid &sessionId) const
{
    const auto ring = keys();
    if (ring->keys.isEmpty())
        throw std::logic_error("an access token was asked for before there was a key to sign it");
    const SigningKey &key = ring->keys.first();
    const qint64 now = m_options.now();
    const QJsonObject header{{u"alg"_s, u"EdDSA"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, QString::fromLatin1(key.id)}};
    const QJsonObject claims{
        {u"iss"_s, m_options.issuer},        {u"aud"_s, m_options.audience}, {u"sub"_s, text(userId)},
        {u"tid"_s, text(tenantId)},          {u"sid"_s, text(sessionId)},    {u"iat"_s, now},
        {u"exp"_s, now + m_options.lifetime}};
    const QByteArray content = base64::encode(json::print(header)) + '.' + base64::encode(json::print(claims));
    QByteArray signature(crypto_sign_BYTES, Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr, raw(content),
                         quint64(content.size()), raw(key.secretKey));
    return content + '.' + base64::encode(signature);
}

AccessTokens::Answer AccessTokens::verify(const QByteArray &token)
{
    if (token.size() > longest)
        return {Verdict::Malformed, {}};
    std::shared_ptr<const KeyRing> before;
    {
        const std::lock_guard lock(m_mutex);
        if (const AccessClaims *known = m_verified.find(token))
            return {inTime(*known, std::nullopt), *known};
        before = m_ring;
    }
    const Answer answer = check(token);
    if (answer.verdict == Verdict::Good) {
        const std::lock_guard lock(m_mutex);
        if (m_ring == before)
            m_verified.put(token, answer.claims);
    }
    return answer;
}

AccessTokens::Answer AccessTokens::check(const QByteArray &token)
{
    const QList<QByteArray> parts = token.split('.');
    if (parts.size() != 3)
        return {Verdict::Malformed, {}};
    const auto header = objectIn(parts[0]);
    const auto claims = objectIn(parts[1]);
    const auto signature = base64::decode(parts[2]);
    // "crit" names extensions that a reader must understand (RFC 7515, section 4.1.11); we know none.
    if (!header || !claims || !signature || signature->size() != crypto_sign_BYTES
        || header->value(u"alg"_s) != "EdDSA"_L1 || header->contains(u"crit"_s))
        return {Verdict::Malformed, {}};

    const auto ring = keys();
    const SigningKey *key = ring->find(header->value(u"kid"_s).toString().toLatin1());
    if (!key)
        return {Verdict::UnknownKey, {}};
    ++m_signatureChecks;
    const QByteArrayView content = QByteArrayView(token).first(parts[0].size() + 1 + parts[1].size());
    if (crypto_sign_verify_detached(raw(*signature), raw(content), quint64(content.size()), raw(key->publicKey)))
        return {Verdict::BadSignature, {}};

    const auto issuedAt = seconds(*claims, u"iat"_s);
    const auto expiresAt = seconds(*claims, u"exp"_s);
    const auto notBefore = seconds(*claims, u"nbf"_s);
    AccessClaims found{uuid(*claims, u"sub"_s), uuid(*claims, u"tid"_s), uuid(*claims, u"sid"_s), issuedAt.value_or(0),
                       expiresAt.value_or(0)};
    if (claims->value(u"iss"_s) != m_options.issuer || claims->value(u"aud"_s) != m_options.audience
        || found.userId.isNull() || found.tenantId.isNull() || found.sessionId.isNull() || !issuedAt || !expiresAt
        || (claims->contains(u"nbf"_s) && !notBefore))
        return {Verdict::WrongClaims, {}};
    return {inTime(found, notBefore), found};
}

AccessTokens::Verdict AccessTokens::inTime(const AccessClaims &claims, std::optional<qint64> notBefore) const
{
    const qint64 now = m_options.now();
    if (claims.expiresAt <= now - m_options.leeway)
        return Verdict::TooOld;
    if (claims.issuedAt > now + m_options.leeway || notBefore.value_or(now) > now + m_options.leeway)
        return Verdict::TooEarly;
    return Verdict::Good;
}
