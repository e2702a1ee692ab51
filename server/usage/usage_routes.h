// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class UsageService;

void addUsageRoutes(http::Router &router, UsageService &service);
