// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/config.h"
#include "server/limits/counter.h"
#include "server/limits/limit_book.h"
#include "server/limits/limit_service.h"

namespace http {
class Router;
}

// The gateway's limits, put together: how they are kept, what a tenant's are, and what counts calls under them: this
// process alone, or Redis where the configuration names one. Making it touches nothing outside.
class Limits
{
public:
    Limits(const Config &config, Database &database);
    ~Limits();

    void addRoutes(http::Router &router);

    LimitBook book;

private:
    std::unique_ptr<limits::Counter> m_counter;

public:
    limits::Counter &counter;
    LimitService service;
};
