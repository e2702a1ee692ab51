// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/usage/price_catalogue.h"

// Jobs of the demo tenants over the last 30 days, with their attempts and the ledger, so that the pages are not empty
// at the first start (resources/seeds/demo_history.json). All of them name demo models, hold what these would have
// answered and carry {"sample": true} in their metadata. The same moment gives the same history.
class DemoHistory
{
public:
    DemoHistory(Database &database, PriceCatalogue &prices) : m_database(database), m_prices(prices) { }

    // For each demo tenant that has no job yet, in one transaction; some hundred rows. Blocks.
    void make(const QDateTime &now);

private:
    struct SeedTenant;
    struct Seed;

    void make(const QUuid &tenantId, const SeedTenant &seed, const QDateTime &now);

    Database &m_database;
    PriceCatalogue &m_prices;
};
