// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class GatewayService;
namespace http {
class Router;
}

// Calls in Google's format: /v1/models/MODEL:ACTION and the same under /v1beta, as its libraries ask, the name of the
// model in one step of the path or in several.
void addGoogleGatewayRoutes(http::Router &router, GatewayService &service);
