// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/worker_pool.h"
#include "server/usage/price_service.h"
#include "server/usage/rerate_service.h"

namespace http {
class Router;
}

// Everything about the price book, put together: keeping it, and computing with it anew.
class Prices
{
public:
    using Work = std::function<bool(std::function<void()>)>;

    Prices(Database &database, PriceCatalogue &catalogue, Work work)
        : service(database, catalogue),
          rerating(database, catalogue),
          m_work(std::move(work))
    {
    }

    void addRoutes(http::Router &router);
    void stop() { m_longWork.drain(); } // finishes what was begun

    PriceService service;
    RerateService rerating;

private:
    const Work m_work;
    // What reads a whole ledger has a thread of its own: however many ask, requests find their database workers.
    WorkerPool m_longWork{1, 16};
};
