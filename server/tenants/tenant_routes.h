// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace http {
class Router;
}
class TenantService;

// `passwordWork` runs what hashes a password.
void addTenantRoutes(http::Router &router, TenantService &service,
                     const std::function<bool(std::function<void()>)> &passwordWork);
