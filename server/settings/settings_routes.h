// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class SettingsService;

void addSettingsRoutes(http::Router &router, SettingsService &service);
