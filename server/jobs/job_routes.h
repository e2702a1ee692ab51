// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class Idempotency;
class JobActionService;
class JobService;
class JobStreams;

void addJobRoutes(http::Router &router, JobService &service, JobStreams &streams, const Idempotency &idempotency);
void addJobActionRoutes(http::Router &router, JobActionService &service);
