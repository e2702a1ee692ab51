// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class BatchService;

void addBatchRoutes(http::Router &router, BatchService &service);
