// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/database/cursor.h"
#include "server/tenants/erasure_store.h"
#include "server/tenants/plan_store.h"
#include "server/tenants/tenant_limit.h"
#include "server/tenants/tenant_store.h"
#include "server/tenants/tenant_tables.h"
#include "server/tenants/tenant_theme.h"
#include "server/users/user_rules.h"
#include "server/users/user_store.h"
#include "shared/id.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

void checkSlug(const QString &slug)
{
    static const QRegularExpression form(u"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"_s);
    if (!form.match(slug).hasMatch())
        throw ApiError::invalid(u"/slug"_s, u"must be lower-case letters, digits and hyphens, such as acme-retail"_s);
}

// Throws 422 where there is none of that name. It stays until the transaction ends.
void holdPlan(Transaction &tx, const QString &plan)
{
    if (PlanStore::hold(tx, plan))
        return;
    QStringList names;
    for (const Plan &one : PlanStore::list(tx))
        names.append(one.name);
    throw ApiError::invalid(u"/plan"_s, u"is no plan; these are: %1"_s.arg(names.join(u", ")));
}

// The owner is an owner, whatever else is asked for.
NewUser ownerOf(const NewTenant &input)
{
    NewUser owner = input.owner;
    if (!owner.roles.contains(Role::Owner))
        owner.roles.prepend(Role::Owner);
    return owner;
}

} // namespace

TenantService::TenantService(Database &database, Migrations &migrations, const Passwords &passwords,
                             SessionWatch &watch, PermissionWatch &permissions)
    : m_database(database),
      m_migrations(migrations),
      m_passwords(passwords),
      m_watch(watch),
      m_permissions(permissions)
{
}

Page<Tenant> TenantService::list(const TenantFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<TenantStore::Position> after;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        after = TenantStore::Position{keys->first()};
    Page<Tenant> page;
    page.items = m_database.platform([&](Transaction &tx) { return TenantStore::list(tx, filter, after, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().slug});
    }
    return page;
}

Tenant TenantService::get(const QUuid &id)
{
    const auto tenant = m_database.platform([&](Transaction &tx) { return TenantStore::find(tx, id); });
    if (!tenant)
        throw ApiError::notFound(u"The tenant"_s);
    return *tenant;
}

TenantUse TenantService::use(const QUuid &id)
{
    get(id);
    return m_database.transaction({id}, tenantUse);
}

Tenant TenantService::create(const Caller &caller, const NewTenant &input)
{
    checkSlug(input.slug);
    const NewUser owner = ownerOf(input);
    UserRules::check(owner, UserRules::Place::OtherTenant, u"/owner"_s);
    const bool taken =
        m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, input.slug).has_value(); });
    if (taken) {
        ApiError error = ApiError::conflict(u"There is already a tenant with the slug “%1”."_s.arg(input.slug));
        error.errors = {{u"/slug"_s, u"is taken"_s}};
        throw error;
    }
    const QString hash = QString::fromLatin1(m_passwords.hash(owner.password));

    // The row that makes the tenant visible comes last; until then nothing finds the schema.
    const QUuid id = newId();
    m_migrations.createTenantSchema(id);
    try {
        m_database.transaction({id}, [&](Transaction &tx) {
            const User made = UserStore::insert(tx, owner, hash);
            AuditLog::record(tx, caller,
                             {.action = AuditLog::actionOf(Ability::UsersCreate),
                              .subject = {made.id, made.displayName},
                              .after = AuditJson::of(made),
                              .reason = u"The first owner of a new tenant."_s});
        });
        return m_database.platform([&](Transaction &tx) {
            if (input.plan)
                holdPlan(tx, *input.plan);
            const Tenant made = TenantStore::insert(tx, id, input);
            AuditLog::record(tx, caller,
                             {.action = AuditLog::actionOf(Ability::TenantsCreate),
                              .subject = {id, made.name},
                              .after = AuditJson::of(made)});
            return made;
        });
    } catch (...) {
        m_migrations.dropTenantSchema(id);
        throw;
    }
}

Tenant TenantService::update(const Caller &caller, const QUuid &id, qint64 revision, const TenantChange &change)
{
    if (change.theme)
        checkTheme(*change.theme);
    AuditEvent event;
    const Tenant after = m_database.platform([&](Transaction &tx) {
        const auto before = TenantStore::find(tx, id);
        if (!before)
            throw ApiError::notFound(u"The tenant"_s);
        if (id == TenantStore::platformId && change.status == TenantStatus::Suspended)
            throw ApiError::conflict(u"The tenant platform holds the operators and cannot be suspended."_s);
        if (change.status == TenantStatus::Active && TenantStore::lock(tx, id) && ErasureStore::find(tx, id))
            throw ApiError::conflict(u"The tenant is being erased. Erase it again to finish that."_s);
        if (change.plan && *change.plan != before->plan)
            holdPlan(tx, *change.plan);
        const auto after = TenantStore::update(tx, id, revision, change);
        if (!after)
            throw ApiError::changed(u"The tenant"_s);
        PermissionWatch::announce(tx, id); // of what plan, limits and theme say
        event = {.action = AuditLog::actionOf(Ability::TenantsUpdate),
                 .subject = {id, after->name},
                 .before = AuditJson::of(*before),
                 .after = AuditJson::of(*after)};
        AuditLog::record(tx, caller, event);
        return *after;
    });
    m_permissions.apply({id});
    if (after.status == TenantStatus::Suspended) {
        // A session made meanwhile was either seen here or refused (platform.hold_active_tenant).
        const auto ended = m_database.transaction({id}, [&](Transaction &tx) {
            const QList<QUuid> ended = SessionStore::endAll(tx, SessionStore::EndReason::Suspended);
            SessionWatch::announce(tx, ended);
            AuditLog::record(tx, caller, event); // its own people can see it too, once it is active again
            return ended;
        });
        m_watch.apply(ended);
    }
    return after;
}

OwnTenant TenantService::own(const Caller &caller)
{
    const Tenant tenant = get(caller.tenantId);
    OwnTenant own{tenant.id, tenant.slug, tenant.name, tenant.plan, tenant.theme, {}, {}, tenant.revision};
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto limits = tx.one<std::optional<TenantLimits>>("SELECT platform.tenant_limits()");
        own.limits = limits.value_or(TenantLimits());
        own.use = tenantUse(tx);
    });
    return own;
}

OwnTenant TenantService::updateOwn(const Caller &caller, qint64 revision, const OwnTenantChange &change)
{
    if (change.theme)
        checkTheme(*change.theme);
    const auto shown = [](const Tenant &tenant) { // the rest is none of this change's
        return QJsonObject{{u"name"_s, tenant.name}, {u"theme"_s, tenant.theme}};
    };
    QJsonObject before;
    const Tenant after = m_database.platform([&](Transaction &tx) {
        before = shown(TenantStore::find(tx, caller.tenantId).value());
        const auto after =
            TenantStore::update(tx, caller.tenantId, revision, {.name = change.name, .theme = change.theme});
        if (!after)
            throw ApiError::changed(u"Your tenant"_s);
        PermissionWatch::announce(tx, caller.tenantId);
        return *after;
    });
    m_permissions.apply({caller.tenantId});
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::SettingsUpdate),
                          .subject = {caller.tenantId, after.name},
                          .before = before,
                          .after = shown(after)});
    });
    return own(caller);
}

Erasure TenantService::erase(const Caller &caller, const QUuid &id, const EraseQuery &query)
{
    const Tenant tenant = get(id);
    if (id == TenantStore::platformId)
        throw ApiError::conflict(u"The tenant platform holds the operators and cannot be erased."_s);
    if (query.confirm != tenant.slug)
        throw ApiError::invalid(u"/confirm"_s, u"must be the slug of the tenant, “%1”"_s.arg(tenant.slug));
    const auto requireSuspended = [](const std::optional<Tenant> &now) {
        if (!now || now->status != TenantStatus::Suspended)
            throw ApiError::conflict(u"Suspend the tenant first: what its people do would be lost without a word."_s);
    };
    requireSuspended(tenant);
    if (!m_database.platform([&](Transaction &tx) { return ErasureStore::find(tx, id); })) {
        const QJsonObject counts = m_database.transaction({id}, TenantTables::counts);
        m_database.platform([&](Transaction &tx) {
            requireSuspended(TenantStore::lock(tx, id)); // from now on nobody lets it in again
            ErasureStore::begin(tx, tenant, caller, counts);
        });
    }
    // From here on it can only go forward: whatever cuts it off, the next attempt finishes it.
    m_migrations.dropTenantSchema(id);
    const Erasure erasure = m_database.platform([&](Transaction &tx) {
        const Erasure done = ErasureStore::finish(tx, id);
        PermissionWatch::announce(tx, id);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::TenantsDelete),
                          .subject = {id, tenant.name},
                          .before = AuditJson::of(tenant),
                          .after = QJsonObject{{u"erasure"_s, AuditJson::of(done)}}});
        return done;
    });
    m_permissions.apply({id});
    return erasure;
}

Page<Erasure> TenantService::erasures(const ErasureFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1)) {
        before = QUuid::fromString(keys->first());
        if (before->isNull())
            cursor::refuse();
    }
    Page<Erasure> page;
    page.items = m_database.platform([&](Transaction &tx) { return ErasureStore::list(tx, before, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString()});
    }
    return page;
}
