// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/usage/price_catalogue.h"
#include "shared/jobs/job.h"
#include "shared/usage/usage_series.h"

// What was used, and what models there are. No state, any thread.
class UsageService
{
public:
    // Whether the operator has set up a provider.
    using IsConfigured = std::function<bool(const QString &provider)>;

    UsageService(Database &database, PriceCatalogue &prices, IsConfigured isConfigured)
        : m_database(database),
          m_prices(prices),
          m_isConfigured(std::move(isConfigured))
    {
    }

    UsageReport report(const Caller &caller, const UsageQuery &query);
    // The same over time, for charts (usage_series.cpp).
    UsageSeriesReport series(const Caller &caller, const UsageSeriesQuery &query);
    UsageLatencyReport latency(const Caller &caller, const UsageLatencyQuery &query);
    // The models of the price book with what they cost now, and those that the tenant's own providers name.
    ModelList models(const Caller &caller);

private:
    Database &m_database;
    PriceCatalogue &m_prices;
    const IsConfigured m_isConfigured;
};
