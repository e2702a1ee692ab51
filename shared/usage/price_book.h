// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price.h"

#include <QUuid>

// A row of the price book as it is kept: the prices of a model from a moment on, and until when.
struct PriceRow
{
    QUuid id;
    QString provider;
    QString model;
    QDateTime validFrom;
    std::optional<QDateTime> validUntil; // when the model's next row begins; absent: there is none
    TokenPrices prices;
    QList<PriceTier> tiers;
    QString source;
    bool verified = false;
    QString note;
    QDateTime createdAt;

    static constexpr auto fields()
    {
        using T = PriceRow;
        return std::tuple{
            Field{"id", &T::id},
            Field{"provider", &T::provider},
            Field{"model", &T::model},
            Field{"validFrom", &T::validFrom},
            Field{"validUntil", &T::validUntil, {.doc = "When the model's next row begins; absent: there is none"}},
            Field{"prices", &T::prices, {.doc = "Micro-US-dollars for a million tokens"}},
            Field{"tiers", &T::tiers},
            Field{"source", &T::source},
            Field{"verified", &T::verified, {.doc = "Somebody has compared it with the provider's own list"}},
            Field{"note", &T::note},
            Field{"createdAt", &T::createdAt, {.doc = "When it came into the book"}}};
    }
};

struct PriceFilter
{
    std::optional<QString> provider;
    std::optional<QString> search; // in the model's name
    std::optional<QDateTime> validAt;
    std::optional<QString> cursor;
    std::optional<int> limit;

    static constexpr auto fields()
    {
        using T = PriceFilter;
        return std::tuple{Field{"provider", &T::provider, {.maxLength = 40}},
                          Field{"search", &T::search, {.doc = "Part of the model's name", .maxLength = 160}},
                          Field{"validAt", &T::validAt, {.doc = "Only the rows that are the price at that moment"}},
                          Field{"cursor", &T::cursor, {.doc = "nextCursor of the page before"}},
                          Field{"limit", &T::limit, {.doc = "50 when absent", .minimum = 1, .maximum = 500}}};
    }
};

struct NewPrice
{
    QString provider;
    QString model;
    std::optional<QDateTime> validFrom; // absent: in two seconds
    TokenPrices prices;
    QList<PriceTier> tiers;
    QString source;
    bool verified = false;
    QString note;
    bool correctsPast = false;

    static constexpr auto fields()
    {
        using T = NewPrice;
        return std::tuple{
            Field{"provider", &T::provider, {.minLength = 1, .maxLength = 40}},
            Field{"model", &T::model, {.doc = "Without the provider", .minLength = 1, .maxLength = 160}},
            Field{"validFrom",
                  &T::validFrom,
                  {.doc = "The first moment it counts for. Absent: in two seconds, when every process knows it"}},
            Field{"prices", &T::prices, {.doc = "Micro-US-dollars for a million tokens"}},
            Field{"tiers", &T::tiers, {.maxLength = 20, .hasDefault = true}},
            Field{"source", &T::source, {.doc = "Where the price stands, such as an address", .maxLength = 500}},
            Field{"verified", &T::verified, {.hasDefault = true}},
            Field{"note", &T::note, {.maxLength = 500, .hasDefault = true}},
            Field{"correctsPast",
                  &T::correctsPast,
                  {.doc = "Allows a validFrom in the past. Costs that were computed stay as they are",
                   .hasDefault = true}}};
    }
};

// What was added, and what that does not do.
struct PriceAdded
{
    PriceRow price;
    std::optional<QString> notice;

    static constexpr auto fields()
    {
        return std::tuple{
            Field{"price", &PriceAdded::price},
            Field{"notice", &PriceAdded::notice, {.doc = "Of a row in the past: what it leaves as it was"}}};
    }
};

// What may change of a row, whenever it is in force: what is said about it, not what it says.
struct PriceChange
{
    std::optional<bool> verified;
    std::optional<QString> note;
    std::optional<QString> source;

    static constexpr auto fields()
    {
        using T = PriceChange;
        return std::tuple{Field{"verified", &T::verified}, Field{"note", &T::note, {.maxLength = 500}},
                          Field{"source", &T::source, {.maxLength = 500}}};
    }
};

// A name under which a model is called, and the model whose price it has.
struct PriceAlias
{
    QUuid id;
    QString name;
    std::optional<QString> target; // provider/model; absent: it is free
    QString note;
    QDateTime createdAt;

    static constexpr auto fields()
    {
        using T = PriceAlias;
        return std::tuple{
            Field{"id", &T::id}, Field{"name", &T::name},
            Field{"target", &T::target, {.doc = "The provider/model whose price it has; absent: it is free"}},
            Field{"note", &T::note}, Field{"createdAt", &T::createdAt}};
    }
};

struct NewPriceAlias
{
    QString name;
    std::optional<QString> target;
    QString note;

    static constexpr auto fields()
    {
        using T = NewPriceAlias;
        return std::tuple{
            Field{"name",
                  &T::name,
                  {.doc = "provider/model as it is called, or a model's name alone, whoever provides it",
                   .minLength = 1,
                   .maxLength = 200}},
            Field{"target",
                  &T::target,
                  {.doc = "The provider/model of the book whose price it has; absent: it is free", .maxLength = 200}},
            Field{"note", &T::note, {.maxLength = 500, .hasDefault = true}}};
    }
};

struct PriceAliasFilter
{
    std::optional<QString> cursor;
    std::optional<int> limit;

    static constexpr auto fields()
    {
        using T = PriceAliasFilter;
        return std::tuple{Field{"cursor", &T::cursor, {.doc = "nextCursor of the page before"}},
                          Field{"limit", &T::limit, {.doc = "50 when absent", .minimum = 1, .maximum = 500}}};
    }
};

// A model that was called lately, has no price now, and so has calls without a cost.
struct UnpricedModel
{
    QString model; // provider/model
    qint64 calls = 0;
    QDateTime lastCalledAt;
    int tenants = 0;

    static constexpr auto fields()
    {
        using T = UnpricedModel;
        return std::tuple{
            Field{"model", &T::model, {.doc = "provider/model"}}, Field{"calls", &T::calls},
            Field{"lastCalledAt", &T::lastCalledAt},
            Field{"tenants", &T::tenants, {.doc = "How many have called it; 1 for who sees their own tenant alone"}}};
    }
};

struct UnpricedModels
{
    QDateTime since;
    QList<UnpricedModel> items; // the most called first

    static constexpr auto fields()
    {
        return std::tuple{Field{"since", &UnpricedModels::since}, Field{"items", &UnpricedModels::items}};
    }
};

WIRE_TYPE(PriceRow)
WIRE_TYPE(PriceFilter)
WIRE_TYPE(NewPrice)
WIRE_TYPE(PriceAdded)
WIRE_TYPE(PriceChange)
WIRE_TYPE(PriceAlias)
WIRE_TYPE(NewPriceAlias)
WIRE_TYPE(PriceAliasFilter)
WIRE_TYPE(UnpricedModel)
WIRE_TYPE(UnpricedModels)
