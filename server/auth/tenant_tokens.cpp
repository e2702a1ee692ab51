// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/tenant_tokens.h"

#include "server/security/base64.h"
#include "server/security/random.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype idSize = 16;
constexpr qsizetype randomSize = 32;
constexpr qsizetype codeSize = 16;
constexpr qsizetype contentSize = 2 * idSize + randomSize;

QByteArray codeOf(QByteArrayView content, const QByteArray &key) { return security::hash(content, key).left(codeSize); }

} // namespace

TenantTokens::Made TenantTokens::make(const QUuid &tenantId, const QUuid &id) const
{
    const QByteArray content = tenantId.toRfc4122() + id.toRfc4122() + security::randomBytes(randomSize);
    const QByteArray bytes = content + codeOf(content, m_box.derive(m_purpose).first());
    return {m_prefix + QString::fromLatin1(base64::encode(bytes)), security::hash(bytes)};
}

std::optional<TenantTokens::Read> TenantTokens::read(const QString &text) const
{
    if (!text.startsWith(m_prefix))
        return std::nullopt;
    const auto bytes = base64::decode(QStringView(text).sliced(m_prefix.size()).toLatin1());
    if (!bytes || bytes->size() != contentSize + codeSize)
        return std::nullopt;
    const QByteArrayView content = QByteArrayView(*bytes).first(contentSize);
    const QByteArrayView code = QByteArrayView(*bytes).sliced(contentSize);
    const QList<QByteArray> keys = m_box.derive(m_purpose);
    const bool ours = std::any_of(keys.begin(), keys.end(),
                                  [&](const QByteArray &key) { return security::equal(codeOf(content, key), code); });
    if (!ours)
        return std::nullopt;
    return Read{QUuid::fromRfc4122(content.first(idSize)), QUuid::fromRfc4122(content.sliced(idSize, idSize)),
                security::hash(*bytes)};
}
