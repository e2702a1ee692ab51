// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/identity.h"
#include "server/templates/template_service.h"

// The sample tenants of `patiod serve --demo` (resources/seeds/demo.json), each with an owner, a prompt engineer, a
// viewer and some templates. Their passwords are made at random at the first start and stand in `file`, which only its
// owner can read; on later starts they stay, and only the address in the file changes:
//
//   {"baseUrl", "tenants": [{"slug", "name", "users": [{"email", "displayName", "role", "password"}]}]}
//
// A start that was cut off is completed by the next one. Blocks. Throws SetupError when the file cannot be written.
class DemoData
{
public:
    DemoData(Database &database, Identity &identity, TemplateService &templates, QString file);

    void make(const QString &baseUrl);

private:
    struct SeedUser;
    struct SeedTenant;
    struct Seed;
    struct User;
    struct Tenant;
    struct File;

    File read() const;
    void write(const File &file) const;
    bool isThere(const Tenant &tenant);
    QUuid makeTenant(const SeedTenant &seed, const Tenant &people);
    void makeUser(const TenantScope &scope, const User &person);
    void makeTemplates(const TenantScope &scope, const SeedTenant &seed);

    Database &m_database;
    Identity &m_identity;
    TemplateService &m_templates;
    const QString m_file;
};
