// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace TenantStore {

QList<Tenant> list(Transaction &platform, const TenantFilter &filter, const std::optional<Position> &after, int limit)
{
    return platform.all<Tenant>(R"(
        SELECT id, slug, name, plan, status, theme - 'logo' AS theme, limits, created_at, updated_at, revision
        FROM tenants
        WHERE ($1::text IS NULL OR position(lower($1) IN lower(name)) > 0 OR position(lower($1) IN slug) > 0)
          AND ($2::text IS NULL OR status = $2)
          AND ($3::text IS NULL OR slug > $3)
        ORDER BY slug
        LIMIT $4)",
                                filter.search, filter.status, after ? std::optional(after->slug) : std::nullopt, limit);
}

std::optional<Tenant> find(Transaction &platform, const QUuid &id)
{
    return platform.maybe<Tenant>(R"(
        SELECT id, slug, name, plan, status, theme, limits, created_at, updated_at, revision
        FROM tenants
        WHERE id = $1)",
                                  id);
}

std::optional<Tenant> lock(Transaction &platform, const QUuid &id)
{
    return platform.run("SELECT FROM tenants WHERE id = $1 FOR UPDATE", id) == 1 ? find(platform, id) : std::nullopt;
}

std::optional<Tenant> findBySlug(Transaction &platform, const QString &slug)
{
    return platform.maybe<Tenant>(R"(
        SELECT id, slug, name, plan, status, theme, limits, created_at, updated_at, revision
        FROM tenants
        WHERE slug = $1)",
                                  slug);
}

Tenant insert(Transaction &platform, const QUuid &id, const NewTenant &input)
try {
    return platform.one<Tenant>(R"(
        INSERT INTO tenants (id, slug, name, plan)
        VALUES ($1, $2, $3, coalesce($4, 'standard'))
        RETURNING id, slug, name, plan, status, theme, limits, created_at, updated_at, revision)",
                                id, input.slug, input.name.trimmed(), input.plan);
} catch (const pqxx::unique_violation &) {
    throw ApiError::conflict(u"There is already a tenant with the slug “%1”."_s.arg(input.slug));
}

std::optional<Tenant> update(Transaction &platform, const QUuid &id, qint64 revision, const TenantChange &change)
{
    const auto name = change.name ? std::optional(change.name->trimmed()) : std::nullopt;
    return platform.maybe<Tenant>(R"(
        UPDATE tenants
        SET name = coalesce($3, name), plan = coalesce($4, plan), status = coalesce($5, status),
            theme = coalesce($6::jsonb, theme), limits = coalesce($7::jsonb, limits)
        WHERE id = $1 AND revision = $2
        RETURNING id, slug, name, plan, status, theme, limits, created_at, updated_at, revision)",
                                  id, revision, name, change.plan, change.status, change.theme, change.limits);
}

} // namespace TenantStore
