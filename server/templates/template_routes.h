// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class TemplateService;

void addTemplateRoutes(http::Router &router, TemplateService &service);
