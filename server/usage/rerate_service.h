// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/usage/price_catalogue.h"
#include "shared/usage/rerating.h"

#include <functional>

// What calls would cost by the price book, beside what they cost. Changes nothing. Any thread; blocks for as long as
// it takes to read the ledger of a period.
class RerateService
{
public:
    using IsWanted = std::function<bool()>; // false: nobody waits any more, and the work ends with a 409
    using Take = std::function<void(const ReratedCall &call)>;

    RerateService(Database &database, PriceCatalogue &catalogue) : m_database(database), m_catalogue(catalogue) { }

    // `take` gets every call that differs, the answer has the first of them. Of their own tenant for who may read
    // usage, whose rules count; of another one for operators, with an entry in both audit logs.
    Rerating rerate(const Caller &caller, const RerateInput &input, const IsWanted &isWanted, const Take &take = {});

    // The models without a price that were called in the last week. Of all tenants for operators, a minute old at most.
    UnpricedModels unpriced(const Caller &caller, const IsWanted &isWanted);

private:
    UnpricedModels unpricedOfAll(const IsWanted &isWanted);
    void keepUnknown(UnpricedModels &models); // those that have no price now

    Database &m_database;
    PriceCatalogue &m_catalogue;
    std::mutex m_mutex;
    std::optional<UnpricedModels> m_ofAll; // as they were at m_readAt
    std::chrono::steady_clock::time_point m_readAt;
};
