// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/second_factor_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/permissions/access.h"
#include "server/permissions/permission_rules.h"
#include "server/security/base32.h"
#include "server/security/totp.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;

namespace {

SecondFactorCodes::Owner ownerOf(const Caller &caller) { return {caller.tenantId, caller.userId}; }

ApiError wrongCode()
{
    return ApiError::invalid(u"/code"_s, u"is wrong or was used before; take the next one that the app shows"_s);
}

ApiError factorIsOn()
{
    return ApiError::conflict(u"The second factor is on already. Turn it off first to set up another device."_s);
}

// What is kept of it: whether it is on, and never a secret.
void record(Transaction &tx, const Caller &caller, const AuditSubject &person, bool before, bool after,
            const QString &reason)
{
    const auto state = [](bool on) { return QJsonObject{{u"secondFactor"_s, on}}; };
    AuditLog::record(tx, caller,
                     {.action = AuditLog::actionOf(Ability::UsersUpdate),
                      .subject = person,
                      .before = state(before),
                      .after = state(after),
                      .reason = reason});
}

AuditSubject themselves(const Caller &caller) { return {caller.userId, caller.displayName}; }

ApiError factorIsOff() { return ApiError::conflict(u"The second factor is off. Set it up first."_s); }

} // namespace

SecondFactor SecondFactorService::show(const Caller &caller)
{
    return m_parts.database.transaction(caller.scope(),
                                        [&](Transaction &tx) { return SecondFactorStore::show(tx, caller.userId); });
}

SecondFactorOffer SecondFactorService::begin(const Caller &caller, const PasswordAgain &input)
{
    m_parts.reauthentication.begin(caller, input.password);
    const QByteArray secret = totp::makeSecret();
    const QByteArray sealed = m_parts.codes.seal(ownerOf(caller), secret);
    const QString email = m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto user = UserStore::find(tx, caller.userId);
        if (!user)
            throw ApiError::unauthenticated();
        if (!SecondFactorStore::begin(tx, user->id, sealed))
            throw factorIsOn();
        record(tx, caller, themselves(caller), false, false, u"Began to set up a second factor."_s);
        return user->email;
    });
    m_parts.reauthentication.succeeded(caller);
    return {.secret = QString::fromLatin1(base32::encode(secret)), .uri = totp::uri(secret, u"Patio"_s, email)};
}

RecoveryCodes SecondFactorService::confirm(const Caller &caller, const SecondFactorCode &input)
{
    QList<QUuid> changed;
    const QList<QString> codes = m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto offered = SecondFactorStore::lock(tx, caller.userId);
        if (!offered)
            throw factorIsOff();
        if (offered->isConfirmed)
            throw factorIsOn();
        if (!m_parts.codes.takeAppCode(tx, ownerOf(caller), *offered, input.code))
            throw wrongCode();
        SecondFactorStore::confirm(tx, caller.userId);
        changed = SessionStore::endAllOf(tx, caller.userId, SessionStore::EndReason::SecondFactor, caller.sessionId);
        changed.append(caller.sessionId); // may do more from now on
        SessionWatch::announce(tx, changed);
        record(tx, caller, themselves(caller), false, true, u"Turned the second factor on."_s);
        return m_parts.codes.renewRecoveryCodes(tx, caller.userId);
    });
    m_parts.watch.apply(changed);
    return {codes};
}

// Runs change(tx) once password and code have been given.
template<class Change>
void SecondFactorService::proven(const Caller &caller, const PasswordAndCode &input, Change &&change)
{
    m_parts.reauthentication.begin(caller, input.password);
    m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        if (!SecondFactorStore::show(tx, caller.userId).enabled)
            throw factorIsOff();
        if (!m_parts.codes.take(tx, ownerOf(caller), input.code))
            throw wrongCode();
        change(tx);
    });
    m_parts.reauthentication.succeeded(caller);
}

RecoveryCodes SecondFactorService::renewCodes(const Caller &caller, const PasswordAndCode &input)
{
    RecoveryCodes renewed;
    proven(caller, input, [&](Transaction &tx) {
        renewed.recoveryCodes = m_parts.codes.renewRecoveryCodes(tx, caller.userId);
        record(tx, caller, themselves(caller), true, true, u"Made new recovery codes."_s);
    });
    return renewed;
}

void SecondFactorService::remove(const Caller &caller, const PasswordAndCode &input)
{
    QList<QUuid> changed;
    proven(caller, input, [&](Transaction &tx) {
        SecondFactorStore::remove(tx, caller.userId);
        changed = SessionStore::livingOf(tx, caller.userId); // may do less where the tenant demands a second factor
        SessionWatch::announce(tx, changed);
        record(tx, caller, themselves(caller), true, false, u"Turned the second factor off."_s);
    });
    m_parts.watch.apply(changed);
}

void SecondFactorService::reset(const Caller &caller, const QUuid &userId)
{
    QList<QUuid> ended;
    m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        const User user = Access::readable(caller, Ability::UsersRead, UserStore::find(tx, userId),
                                           ApiError::notFound(u"The user"_s));
        Access::require(caller, Ability::UsersUpdate, user);
        PermissionRules::checkManages(tx, caller, user);
        if (!SecondFactorStore::remove(tx, userId))
            throw ApiError::conflict(u"%1 has no second factor."_s.arg(user.displayName));
        ended = SessionStore::endAllOf(tx, userId, SessionStore::EndReason::SecondFactor);
        SessionWatch::announce(tx, ended);
        record(tx, caller, {userId, user.displayName}, true, false, u"Reset the second factor of somebody else."_s);
    });
    m_parts.watch.apply(ended);
}
