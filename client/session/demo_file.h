// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/role.h"
#include "shared/result.h"

#include <QList>
#include <QString>

// What `patiod serve --demo` writes to DIR/demo.json: where it listens and who may sign in.
struct DemoUser
{
    QString email;
    QString displayName;
    Role role = Role::Viewer;
    QString password;

    static constexpr auto fields()
    {
        using T = DemoUser;
        return std::tuple{Field{"email", &T::email}, Field{"displayName", &T::displayName, {.hasDefault = true}},
                          Field{"role", &T::role}, Field{"password", &T::password, {.secret = true}}};
    }
};

struct DemoTenant
{
    QString slug;
    QString name;
    QList<DemoUser> users;

    static constexpr auto fields()
    {
        using T = DemoTenant;
        return std::tuple{Field{"slug", &T::slug}, Field{"name", &T::name, {.hasDefault = true}},
                          Field{"users", &T::users}};
    }
};

struct DemoFile
{
    QString baseUrl;
    QList<DemoTenant> tenants;

    static constexpr auto fields()
    {
        return std::tuple{Field{"baseUrl", &DemoFile::baseUrl}, Field{"tenants", &DemoFile::tenants}};
    }

    struct Person
    {
        DemoTenant tenant;
        DemoUser user;
    };
    // The prompt engineer of `tenant` (empty: of acme, else of the first tenant).
    std::optional<Person> promptEngineer(const QString &tenant) const;
};

// The error says which file and what is wrong with it.
Result<DemoFile> readDemoFile(const QString &path);
