// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class GatewaySettingsService;
namespace http {
class Router;
}

void addGatewaySettingsRoutes(http::Router &router, GatewaySettingsService &service);
