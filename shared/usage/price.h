// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QList>
#include <QString>

// Micro-US-dollars for a million tokens of each kind. What is absent has no price of its own: cached reads and cache
// writes are then charged as input (writes kept an hour as other writes), and what has none of these has no cost.
struct TokenPrices
{
    std::optional<qint64> input;
    std::optional<qint64> cachedInput;
    std::optional<qint64> cacheWrite;
    std::optional<qint64> cacheWriteHour;
    std::optional<qint64> output;

    static constexpr auto fields()
    {
        using T = TokenPrices;
        return std::tuple{
            Field{"input", &T::input, {.minimum = 0}}, Field{"cachedInput", &T::cachedInput, {.minimum = 0}},
            Field{"cacheWrite5m", &T::cacheWrite, {.minimum = 0}},
            Field{"cacheWrite1h", &T::cacheWriteHour, {.minimum = 0}}, Field{"output", &T::output, {.minimum = 0}}};
    }
};

// From so many input tokens on, these prices are those of the whole request.
struct PriceTier
{
    qint64 fromInputTokens = 0;
    TokenPrices prices;

    static constexpr auto fields()
    {
        return std::tuple{Field{"fromInputTokens", &PriceTier::fromInputTokens, {.minimum = 1}},
                          Field{"prices", &PriceTier::prices}};
    }
};

// One row of the price book: what a model costs from a moment on, until a later row of the same model.
struct ModelPrice
{
    QString provider;
    QString model;
    QDateTime validFrom;
    TokenPrices prices;
    QList<PriceTier> tiers;
    QString source;
    bool verified = false; // an operator has compared it with the provider's own list
    QString note;

    static constexpr auto fields()
    {
        using T = ModelPrice;
        return std::tuple{Field{"provider", &T::provider, {.minLength = 1, .maxLength = 40}},
                          Field{"model", &T::model, {.minLength = 1, .maxLength = 160}},
                          Field{"validFrom", &T::validFrom, {.doc = "2025-01-01 where no source knows"}},
                          Field{"prices", &T::prices, {.doc = "Micro-US-dollars for a million tokens"}},
                          Field{"tiers", &T::tiers, {.hasDefault = true}},
                          Field{"source", &T::source, {.maxLength = 500}},
                          Field{"verified", &T::verified},
                          Field{"note", &T::note, {.maxLength = 500, .hasDefault = true}}};
    }
};

struct ModelPriceList
{
    QList<ModelPrice> items;

    static constexpr auto fields() { return std::tuple{Field{"items", &ModelPriceList::items}}; }
};

WIRE_TYPE(TokenPrices)
WIRE_TYPE(PriceTier)
WIRE_TYPE(ModelPrice)
WIRE_TYPE(ModelPriceList)
