// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/database/cursor.h"
#include "server/tenants/tenant_store.h"
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

void checkTheme(const QJsonObject &theme)
{
    static const QRegularExpression colour(u"^#[0-9A-Fa-f]{6}$"_s);
    QList<json::Problem> problems;
    for (auto it = theme.begin(); it != theme.end(); ++it) {
        const QString pointer = u"/theme/"_s + it.key();
        if (it.key() == "accent"_L1) {
            if (!colour.match(it->toString()).hasMatch())
                problems.append({pointer, u"must be a colour such as #3A5BD9"_s});
        } else if (it.key() == "productName"_L1) {
            if (!it->isString() || it->toString().trimmed().isEmpty() || it->toString().size() > 60)
                problems.append({pointer, u"must be a text of 1 to 60 characters"_s});
        } else {
            problems.append({pointer, u"is not known here"_s});
        }
    }
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
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
                             SessionWatch &watch)
    : m_database(database),
      m_migrations(migrations),
      m_passwords(passwords),
      m_watch(watch)
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

Tenant TenantService::create(const Caller &caller, const NewTenant &input)
{
    checkSlug(input.slug);
    const NewUser owner = ownerOf(input);
    UserRules::check(owner, UserRules::Place::OtherTenant, u"/owner"_s);
    const bool taken =
        m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, input.slug).has_value(); });
    if (taken)
        throw ApiError::conflict(u"There is already a tenant with the slug “%1”."_s.arg(input.slug));
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
        const auto after = TenantStore::update(tx, id, revision, change);
        if (!after)
            throw ApiError::changed(u"The tenant"_s);
        event = {.action = AuditLog::actionOf(Ability::TenantsUpdate),
                 .subject = {id, after->name},
                 .before = AuditJson::of(*before),
                 .after = AuditJson::of(*after)};
        AuditLog::record(tx, caller, event);
        return *after;
    });
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
