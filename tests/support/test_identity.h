// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/auth_service.h"
#include "server/auth/authenticator.h"
#include "server/auth/session_service.h"
#include "server/auth/setup_service.h"
#include "server/tenants/tenant_service.h"
#include "server/users/user_service.h"
#include "tests/support/test_database.h"

// Everything that signs people in, on a test database, as one process has it. Make two for two processes. Passwords are
// hashed at the lowest cost.
class TestIdentity
{
public:
    explicit TestIdentity(TestDatabase &database, SecretBox box = SecretBox::random(),
                          PasswordCost cost = {1, 8 * 1024});

    static QString password() { return QStringLiteral("correct horse battery staple"); }

    struct Person
    {
        TenantScope scope;
        QString tenant; // slug
        QString email;
        QUuid userId;
    };
    // A user with that role; without a tenant, of a new one. The role operator makes one in the tenant platform.
    Person addPerson(Role role, std::optional<TenantScope> scope = {});
    ::SignedIn signIn(const Person &person, const QByteArray &address = "192.0.2.1");
    Caller caller(const ::SignedIn &signedIn); // throws as a request would be refused
    Caller callerOf(const Person &person) { return caller(signIn(person)); }

    TestDatabase &test;
    Database &database;
    SecretBox box;
    Passwords passwords;
    AccessTokens tokens;
    SigningKeys keys;
    RefreshTokens refreshTokens;
    SignInThrottle::Clock::time_point now = SignInThrottle::Clock::now(); // of the throttle
    SignInThrottle throttle;
    SessionWatch watch;
    Authenticator authenticator;
    AuthService auth;
    SessionService sessions;
    SetupService setup;
    UserService users;
    TenantService tenants;
};
