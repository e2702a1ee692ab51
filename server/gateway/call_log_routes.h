// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class CallLogService;
namespace http {
class Router;
}

void addCallLogRoutes(http::Router &router, CallLogService &service);
