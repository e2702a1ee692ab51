// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_identity.h"

#include "server/tenants/tenant_store.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

TestIdentity::TestIdentity(TestDatabase &testDatabase, SecretBox secretBox, PasswordCost cost)
    : test(testDatabase),
      database(testDatabase.database()),
      box(std::move(secretBox)),
      identity(
          database, testDatabase.migrations(), box,
          {.passwordCost = cost, .throttleClock = [this] { return now; }, .codeClock = [this] { return codeTime; }})
{
    identity.prepare();
}

TestIdentity::Person TestIdentity::addPerson(Role role, std::optional<TenantScope> scope)
{
    if (!scope && role == Role::Operator)
        scope = TenantScope{TenantStore::platformId};
    if (!scope)
        scope = test.makeTenant();
    const QString slug =
        database.platform([&](Transaction &tx) { return TenantStore::find(tx, scope->tenantId).value().slug; });
    const QString email = newId().toString(QUuid::Id128) + u"@example.com"_s;
    const User user = database.transaction(*scope, [&](Transaction &tx) {
        return UserStore::insert(tx, {email, u"Ana "_s + json::name(role), password(), {role}},
                                 QString::fromLatin1(passwords.hash(password())));
    });
    return {*scope, slug, email, user.id};
}

::SignedIn TestIdentity::signIn(const Person &person, const QByteArray &address, const std::optional<QString> &code)
{
    return auth.login({person.tenant, person.email, password(), u"test"_s, code}, address);
}

Caller TestIdentity::caller(const ::SignedIn &signedIn)
{
    return authenticator.authenticate(signedIn.accessToken.toLatin1(), "192.0.2.1");
}
