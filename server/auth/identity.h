// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/refusal_log.h"
#include "server/auth/auth_service.h"
#include "server/auth/authenticator.h"
#include "server/auth/second_factor_service.h"
#include "server/auth/session_service.h"
#include "server/auth/setup_service.h"
#include "server/database/worker_pool.h"
#include "server/permissions/permission_service.h"
#include "server/settings/settings_service.h"
#include "server/tenants/plan_service.h"
#include "server/tenants/tenant_service.h"
#include "server/users/profile_service.h"
#include "server/users/user_link_service.h"
#include "server/users/user_service.h"

class Migrations;
namespace http {
class Router;
}

struct IdentityOptions
{
    PasswordCost passwordCost = {};
    int passwordThreads = 1; // each takes the memory of one hash
    int passwordQueue = 64; // what waits for them before 503
    std::function<SignInThrottle::Clock::time_point()> throttleClock = SignInThrottle::Clock::now;
    SecondFactorCodes::Now codeClock = secondsNow;
    std::function<bool(std::function<void()>)> work = {}; // on a database worker, for long answers
};

// Everything that knows who is asking, connected. Making it touches nothing outside; prepare() does.
struct Identity
{
    Identity(Database &pool, Migrations &migrations, const SecretBox &box, IdentityOptions options = {});

    void prepare() { keys.load(); } // once the box holds the master key
    void addRoutes(http::Router &router);

    Database &database;
    const std::function<bool(std::function<void()>)> work;
    RefusalLog refusals;
    Passwords passwords;
    AccessTokens tokens;
    SigningKeys keys;
    RefreshTokens refreshTokens;
    LinkTokens linkTokens;
    SignInThrottle throttle;
    KnownPlaces places;
    SessionWatch watch;
    PermissionWatch permissionWatch;
    PolicyBook policies;
    SecondFactorCodes codes;
    SessionOpener opener;
    Reauthentication reauthentication;
    Authenticator authenticator;
    AuthService auth;
    SecondFactorService secondFactor;
    SessionService sessions;
    PermissionService permissions;
    SetupService setup;
    UserService users;
    UserLinkService links;
    ProfileService profile;
    TenantService tenants;
    PlanService plans;
    SettingsService settings;
    WorkerPool passwordThreads; // last: ends before what its jobs use
};
