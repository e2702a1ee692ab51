// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class Database;
namespace http {
class Router;
}

void addGatewayRefusalRoutes(http::Router &router, Database &database);
