// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/identity.h"

#include "server/auth/auth_routes.h"
#include "server/http/router.h"
#include "server/permissions/permission_routes.h"
#include "server/settings/settings_routes.h"
#include "server/tenants/tenant_routes.h"
#include "server/users/user_routes.h"

Identity::Identity(Database &database, Migrations &migrations, const SecretBox &box, IdentityOptions options)
    : refusals(database),
      passwords(options.passwordCost),
      keys(database, box, tokens),
      refreshTokens(box),
      linkTokens(box),
      throttle(std::move(options.throttleClock)),
      codes(box, std::move(options.codeClock)),
      opener({database, tokens, keys, refreshTokens, watch, policies}),
      reauthentication(database, passwords, throttle),
      authenticator(database, tokens, keys, watch, policies),
      auth({database, passwords, refreshTokens, opener, throttle, watch, refusals, codes}),
      secondFactor({database, reauthentication, codes, watch}),
      sessions(database, watch),
      permissions(database, policies, permissionWatch),
      setup(database, passwords),
      users(database, passwords, watch),
      links({database, passwords, linkTokens, opener, watch}),
      profile({database, passwords, reauthentication, opener, watch}),
      tenants(database, migrations, passwords, watch),
      settings(database, watch),
      passwordThreads(options.passwordThreads, options.passwordQueue)
{
    permissionWatch.subscribe([this](const QList<QUuid> &tenants) { policies.forget(tenants); });
}

void Identity::addRoutes(http::Router &router)
{
    const auto onPasswordThreads = [this](std::function<void()> job) { return passwordThreads.post(std::move(job)); };
    addAuthRoutes(router, *this, onPasswordThreads);
    addUserRoutes(router, users, links, onPasswordThreads);
    addTenantRoutes(router, tenants, onPasswordThreads);
    addSettingsRoutes(router, settings);
    addPermissionRoutes(router, permissions);
}
