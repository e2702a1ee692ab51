// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class GatewayKeyService;
namespace http {
class Router;
}

void addGatewayKeyRoutes(http::Router &router, GatewayKeyService &service);
