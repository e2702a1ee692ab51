// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/identity.h"
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
    ::SignedIn signIn(const Person &person, const QByteArray &address = "192.0.2.1",
                      const std::optional<QString> &code = {});
    Caller caller(const ::SignedIn &signedIn); // throws as a request would be refused
    Caller callerOf(const Person &person) { return caller(signIn(person)); }

    TestDatabase &test;
    Database &database;
    SecretBox box;
    SignInThrottle::Clock::time_point now = SignInThrottle::Clock::now(); // for the throttle
    qint64 codeTime = secondsNow(); // for the codes of the second factor
    Identity identity;
    Passwords &passwords = identity.passwords;
    AccessTokens &tokens = identity.tokens;
    RefreshTokens &refreshTokens = identity.refreshTokens;
    SessionWatch &watch = identity.watch;
    Authenticator &authenticator = identity.authenticator;
    AuthService &auth = identity.auth;
    SessionService &sessions = identity.sessions;
    SetupService &setup = identity.setup;
    UserService &users = identity.users;
    TenantService &tenants = identity.tenants;
    SettingsService &settings = identity.settings;
    SecondFactorService &secondFactor = identity.secondFactor;
};
