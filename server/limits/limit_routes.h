// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class LimitService;
namespace http {
class Router;
}

void addLimitRoutes(http::Router &router, LimitService &service);
