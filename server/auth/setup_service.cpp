// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/setup_service.h"

#include "server/audit/audit_log.h"
#include "server/security/base64.h"
#include "server/security/random.h"
#include "server/tenants/tenant_store.h"
#include "server/users/user_rules.h"
#include "server/users/user_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int hoursToUse = 24;

ApiError tokenRefused()
{
    return ApiError::make(
        403, "setup_token_refused",
        u"This setup token is wrong, was used, or is more than a day old. Start the server again for a new one; "
        "once there is an operator, operators add others."_s);
}

} // namespace

SetupService::SetupService(Database &database, const Passwords &passwords)
    : m_database(database),
      m_passwords(passwords)
{
}

bool SetupService::hasOperator()
{
    return m_database.transaction({TenantStore::platformId},
                                  [](Transaction &tx) { return !UserStore::holdActive(tx, Role::Operator).isEmpty(); });
}

std::optional<QString> SetupService::offerToken()
{
    if (hasOperator())
        return std::nullopt;
    const QByteArray token = base64::encode(security::randomBytes(32));
    m_database.platform([&](Transaction &tx) {
        tx.run("DELETE FROM setup_tokens WHERE expires_at < now()");
        tx.run("INSERT INTO setup_tokens (hash, expires_at) VALUES ($1, now() + make_interval(hours => $2))",
               security::hash(token), hoursToUse);
    });
    return QString::fromLatin1(token);
}

void SetupService::makeOperator(const FirstOperator &input, const Caller &caller)
{
    const NewUser user{input.email, input.displayName, input.password, {Role::Operator}};
    UserRules::check(user, UserRules::Place::PlatformTenant);
    const QByteArray hash = security::hash(input.token.toUtf8());
    const auto isGood = [&](Transaction &tx) {
        return tx.run("SELECT FROM setup_tokens WHERE hash = $1 AND expires_at > now()", hash) == 1;
    };
    if (!m_database.platform(isGood))
        throw tokenRefused();
    const QString passwordHash = QString::fromLatin1(m_passwords.hash(input.password));

    // Taking all tokens away first means that of several at once, one goes on.
    const bool taken = m_database.platform([&](Transaction &tx) {
        const bool good = tx.run("DELETE FROM setup_tokens WHERE hash = $1 AND expires_at > now()", hash) == 1;
        if (good)
            tx.run("DELETE FROM setup_tokens");
        return good;
    });
    if (!taken || hasOperator())
        throw tokenRefused();
    m_database.transaction({TenantStore::platformId}, [&](Transaction &tx) {
        const User made = UserStore::insert(tx, user, passwordHash);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::UsersCreate),
                          .subject = {made.id, made.email},
                          .after = AuditJson::of(made),
                          .reason = u"The first operator, by the one-time token that the server printed."_s});
    });
}
