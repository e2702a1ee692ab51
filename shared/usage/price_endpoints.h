// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/usage/price_import.h"
#include "shared/usage/rerating.h"

namespace endpoints::prices {

inline constexpr Endpoint<PriceFilter, Page<PriceRow>> list{
    Method::Get, "/api/v1/prices", Ability::PricesRead,
    "List the price book by provider, model and moment, the oldest first"};
inline constexpr Endpoint<NewPrice, PriceAdded> create{
    Method::Post,
    "/api/v1/prices",
    Ability::PricesUpdate,
    "Add the prices of a model from a moment on",
    201,
    "Counts in every process within a second. What was computed before stays as it was."};
inline constexpr Endpoint<Nothing, PriceRow> get{Method::Get, "/api/v1/prices/{id}", Ability::PricesRead,
                                                 "Show one row of the price book"};
inline constexpr Endpoint<PriceChange, PriceRow> update{
    Method::Patch, "/api/v1/prices/{id}", Ability::PricesUpdate,
    "Change what is said about a row of the price book: its source, its note, whether somebody verified it"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/prices/{id}", Ability::PricesUpdate,
                                                   "Withdraw a row of the price book that is not in force yet", 204};
inline constexpr Endpoint<Nothing, UnpricedModels> unpriced{
    Method::Get,
    "/api/v1/prices/unpriced",
    Ability::PricesRead,
    "List models that were called in the last week and have no price",
    200,
    "Of all tenants for operators, of the own tenant for others, who need usage.read too."};
inline constexpr Endpoint<PriceImportInput, PriceImport> importRows{
    Method::Post,
    "/api/v1/prices/import",
    Ability::PricesUpdate,
    "Add many rows to the price book, or see what that would do",
    200,
    "At most 5,000 rows, all or none of which are added; those that are there already are left alone."};
inline constexpr Endpoint<RerateInput, Rerating> rerate{
    Method::Post,
    "/api/v1/prices/rerate",
    Ability::PricesRead,
    "Compute what the calls of a period would cost by the price book",
    200,
    "Changes nothing. Over the own tenant this needs usage.read too, over another one prices.update. As csv each call "
    "that differs, as text/csv."};

inline constexpr Endpoint<PriceAliasFilter, Page<PriceAlias>> listAliases{
    Method::Get, "/api/v1/price-aliases", Ability::PricesRead, "List names that are priced as another model"};
inline constexpr Endpoint<NewPriceAlias, PriceAlias> createAlias{
    Method::Post,
    "/api/v1/price-aliases",
    Ability::PricesUpdate,
    "Let a name be priced as a model of the book, or as free",
    201,
    "A row of the book for the very name goes before it. Counts in every process within a second."};
inline constexpr Endpoint<Nothing, Nothing> removeAlias{Method::Delete, "/api/v1/price-aliases/{id}",
                                                        Ability::PricesUpdate, "Remove such a name", 204};

} // namespace endpoints::prices
