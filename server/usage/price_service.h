// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/usage/price_catalogue.h"
#include "shared/http/page.h"
#include "shared/usage/price_import.h"

// The price book, kept by operators and read by whoever may. A row says what a model costs from a moment on; once that
// moment has come it stays, so that what was computed with it can be computed again. Any thread.
class PriceService
{
public:
    PriceService(Database &database, PriceCatalogue &catalogue) : m_database(database), m_catalogue(catalogue) { }

    Page<PriceRow> list(const PriceFilter &filter);
    PriceRow get(const QUuid &id);
    // 409 where there is a row from that moment on; 422 for the past, unless the input says that it is meant.
    PriceAdded create(const Caller &caller, const NewPrice &input);
    PriceRow update(const Caller &caller, const QUuid &id, const PriceChange &change);
    void remove(const Caller &caller, const QUuid &id); // 409 where it is or was in force
    // All rows or none; 409 where some conflict and 422 where some are wrong, unless it is a dry run.
    PriceImport importRows(const Caller &caller, const PriceImportInput &input);

    Page<PriceAlias> listAliases(const PriceAliasFilter &filter);
    PriceAlias createAlias(const Caller &caller, const NewPriceAlias &input);
    void removeAlias(const Caller &caller, const QUuid &id);

private:
    Database &m_database;
    PriceCatalogue &m_catalogue;
};
