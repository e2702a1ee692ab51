// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/identity.h"

#include "server/auth/auth_routes.h"
#include "server/http/router.h"
#include "server/permissions/permission_routes.h"
#include "server/settings/settings_routes.h"
#include "server/tenants/tenant_routes.h"
#include "server/users/user_routes.h"

Identity::Identity(Database &pool, Migrations &migrations, const SecretBox &box, IdentityOptions options)
    : database(pool),
      work(std::move(options.work)),
      refusals(pool),
      passwords(options.passwordCost),
      keys(pool, box, tokens),
      refreshTokens(box),
      linkTokens(box),
      throttle(std::move(options.throttleClock)),
      places(pool),
      codes(box, std::move(options.codeClock)),
      opener({pool, tokens, keys, refreshTokens, watch, policies}),
      reauthentication(pool, passwords, throttle),
      authenticator(pool, tokens, keys, watch, policies),
      auth({pool, passwords, refreshTokens, opener, throttle, watch, refusals, codes, places}),
      secondFactor({pool, reauthentication, codes, watch}),
      sessions(pool, watch),
      permissions(pool, policies, permissionWatch),
      setup(pool, passwords),
      users(pool, passwords, watch),
      links({pool, passwords, linkTokens, opener, watch}),
      profile({pool, passwords, reauthentication, opener, watch}),
      tenants(pool, migrations, passwords, watch, permissionWatch),
      plans(pool, permissionWatch),
      settings(pool, watch),
      passwordThreads(options.passwordThreads, options.passwordQueue)
{
    permissionWatch.subscribe([this](const QList<QUuid> &tenants) { policies.forget(tenants); });
}

void Identity::addRoutes(http::Router &router)
{
    const auto onPasswordThreads = [this](std::function<void()> job) { return passwordThreads.post(std::move(job)); };
    addAuthRoutes(router, *this, onPasswordThreads);
    addUserRoutes(router, users, links, onPasswordThreads);
    addTenantRoutes(router, {tenants, plans, database, work, onPasswordThreads});
    addSettingsRoutes(router, settings);
    addPermissionRoutes(router, permissions);
}
