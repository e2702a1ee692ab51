// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/passwords.h"

#include "server/security/random.h"
#include "shared/error.h"

#include <QRegularExpression>

#include <sodium.h>

using namespace Qt::StringLiterals;

namespace {

// The same password typed on two keyboards may reach us composed or decomposed (RFC 8265, section 4.2).
QByteArray bytesOf(const QString &password) { return password.normalized(QString::NormalizationForm_C).toUtf8(); }

PasswordCost costOf(const QByteArray &hash)
{
    // "$argon2id$v=19$m=65536,t=2,p=1$…", memory in KiB
    static const QRegularExpression form(u"^\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=1\\$"_s);
    const auto match = form.match(QString::fromLatin1(hash));
    return {match.captured(2).toULongLong(), std::size_t(match.captured(1).toULongLong()) * 1024};
}

} // namespace

Passwords::Passwords(PasswordCost cost) : m_cost(cost)
{
    security::start();
    // Of no password at all, at the same cost.
    const auto part = [](int size) { return security::randomBytes(size).toBase64(QByteArray::OmitTrailingEquals); };
    m_nobody = "$argon2id$v=19$m=" + QByteArray::number(quint64(cost.memory / 1024)) + ",t="
        + QByteArray::number(cost.operations) + ",p=1$" + part(crypto_pwhash_argon2id_SALTBYTES) + '$' + part(32);
}

QByteArray Passwords::hash(const QString &password) const
{
    ++m_computations;
    const QByteArray bytes = bytesOf(password);
    QByteArray text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_argon2id_str(text.data(), bytes.constData(), quint64(bytes.size()), m_cost.operations,
                                   m_cost.memory))
        throw ApiError::busy(5);
    text.truncate(qsizetype(qstrlen(text.constData())));
    return text;
}

bool Passwords::matches(const QString &password, const QByteArray &hash) const
{
    ++m_computations;
    const QByteArray bytes = bytesOf(password);
    errno = 0;
    if (crypto_pwhash_argon2id_str_verify(hash.constData(), bytes.constData(), quint64(bytes.size())) == 0)
        return true;
    if (errno == ENOMEM)
        throw ApiError::busy(5);
    return false;
}

void Passwords::matchNobody(const QString &password) const { matches(password, m_nobody); }

bool Passwords::isOutdated(const QByteArray &hash) const
{
    const PasswordCost made = costOf(hash);
    return made.operations < m_cost.operations || made.memory < m_cost.memory;
}
