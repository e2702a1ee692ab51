// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace http {
class Router;
}
class AuditService;

// `work` runs on a database worker what an export reads next; false when its queue is full.
void addAuditRoutes(http::Router &router, AuditService &service,
                    const std::function<bool(std::function<void()>)> &work);
