// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class PermissionService;

void addPermissionRoutes(http::Router &router, PermissionService &service);
