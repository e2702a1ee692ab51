// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_store.h"
#include "server/tenants/tenant_store.h"
#include "shared/id.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestTenantService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void makesASchemaWithAnOwner();
    void failedOneLeavesNothing();
    void madeTogetherOneWins();
    void suspendedWhileSomebodySignsIn();
    void platformStays();
    void rolesOfOneTenantReachNoOther();

private:
    NewTenant input(const QString &slug) const
    {
        return {slug,
                u"Name of "_s + slug,
                std::nullopt,
                {u"owner@example.com"_s, u"Owner"_s, TestIdentity::password(), {Role::Admin}}};
    }
    qint64 schemas()
    {
        database::Session owner({.url = m_database->ownerUrl()});
        return owner.runScript("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%'")[0][0].as<qint64>();
    }
    qint64 roles()
    {
        database::Session owner({.url = m_database->ownerUrl()});
        return owner.runScript("SELECT count(*) FROM pg_roles WHERE rolname LIKE 't\\_%'")[0][0].as<qint64>();
    }

    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
};

void TestTenantService::initTestCase()
{
    m_database.emplace();
    m_identity.emplace(*m_database);
}

void TestTenantService::makesASchemaWithAnOwner()
{
    const Tenant made = m_identity->tenants.create({}, input(u"made"_s));
    QCOMPARE(made.plan, u"standard"_s);
    const auto signedIn =
        m_identity->auth.login({u"made"_s, u"owner@example.com"_s, TestIdentity::password(), {}}, "192.0.2.1");
    QCOMPARE(signedIn.profile.roles, (QList{Role::Owner, Role::Admin})); // an owner, whatever else was asked for
    QCOMPARE(signedIn.profile.tenantId, made.id);
}

void TestTenantService::failedOneLeavesNothing()
{
    const qint64 before = schemas(), rolesBefore = roles();
    m_database->database().platform(
        [](Transaction &tx) { tx.run("INSERT INTO tenants (slug, name) VALUES ('late', 'x')"); });
    // The name is looked up first; a tenant that appears between that and the end is found by the constraint.
    QCOMPARE(refusalOf([&] { m_identity->tenants.create({}, input(u"late"_s)); }).status, 409);
    NewTenant bad = input(u"bad-owner"_s);
    bad.owner.email = u"nobody"_s;
    const ApiError error = refusalOf([&] { m_identity->tenants.create({}, bad); });
    QCOMPARE(error.errors.first().pointer, u"/owner/email"_s);
    bad = input(u"bad-owner"_s);
    bad.owner.roles = {Role::Operator};
    QCOMPARE(refusalOf([&] { m_identity->tenants.create({}, bad); }).status, 422);
    QCOMPARE(schemas(), before);
    QCOMPARE(roles(), rolesBefore);
    m_database->database().platform([](Transaction &tx) { tx.run("DELETE FROM tenants WHERE slug = 'late'"); });
}

void TestTenantService::madeTogetherOneWins()
{
    const qint64 before = schemas();
    std::atomic<int> made = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const int status = refusalOf([&] { m_identity->tenants.create({}, input(u"together"_s)); }).status;
            made += status == 0;
            refused += status == 409;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(made, 1);
    QCOMPARE(refused, 3);
    QCOMPARE(schemas(), before + 1);
}

void TestTenantService::suspendedWhileSomebodySignsIn()
{
    for (int round = 0; round < 5; ++round) {
        const auto person = m_identity->addPerson(Role::Owner);
        std::vector<::SignedIn> signedIn;
        std::mutex mutex;
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&] {
                refusalOf([&] {
                    const auto one = m_identity->signIn(person);
                    const std::lock_guard lock(mutex);
                    signedIn.push_back(one);
                });
            });
        }
        m_identity->tenants.update({}, person.scope.tenantId, 1, {.status = TenantStatus::Suspended});
        for (std::thread &thread : threads)
            thread.join();
        for (const ::SignedIn &one : signedIn)
            QCOMPARE(refusalOf([&] { m_identity->caller(one); }).status, 401);
        const auto living = m_identity->database.transaction(
            person.scope, [&](Transaction &tx) { return SessionStore::livingOf(tx, person.userId); });
        QVERIFY(living.isEmpty());
    }
}

void TestTenantService::platformStays()
{
    const Tenant platform = m_identity->tenants.get(TenantStore::platformId);
    QCOMPARE(platform.slug, u"platform"_s);
    const auto suspend = [&] {
        m_identity->tenants.update({}, platform.id, platform.revision, {.status = TenantStatus::Suspended});
    };
    QCOMPARE(refusalOf(suspend).status, 409);
}

void TestTenantService::rolesOfOneTenantReachNoOther()
{
    // Below every rule of ours, PostgreSQL itself refuses.
    const auto here = m_identity->addPerson(Role::Owner);
    const auto there = m_identity->addPerson(Role::Owner);
    const auto refused = [&](auto &&work) {
        try {
            m_identity->database.transaction(here.scope, work);
        } catch (const pqxx::insufficient_privilege &) {
            return true;
        }
        return false;
    };
    QVERIFY(refused([](Transaction &tx) { tx.run("SELECT FROM platform.tenants"); }));
    QVERIFY(refused([](Transaction &tx) { tx.run("SELECT FROM platform.signing_keys"); }));
    QVERIFY(refused([](Transaction &tx) { tx.run("SELECT FROM platform.setup_tokens"); }));
    const std::string table = database::tenantName(there.scope.tenantId) + ".users";
    database::Session session({.url = m_database->appUrl()});
    session.begin("SET LOCAL ROLE " + database::tenantName(here.scope.tenantId));
    QVERIFY_EXCEPTION_THROWN(session.runScript("SELECT FROM " + table), pqxx::insufficient_privilege);
}

QTEST_GUILESS_MAIN(TestTenantService)
#include "tst_tenant_service.moc"
