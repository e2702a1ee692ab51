// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace http {
class Router;
}
class Database;
class PlanService;
class TenantService;

struct TenantRouteParts
{
    using Work = std::function<bool(std::function<void()>)>;

    TenantService &tenants;
    PlanService &plans;
    Database &database;
    Work work; // on a database worker
    Work passwordWork; // runs what hashes a password, or takes long
};

void addTenantRoutes(http::Router &router, const TenantRouteParts &parts);
