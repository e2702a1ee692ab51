// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

enum class RouteOrder { Ordered, Weighted };
template<> inline constexpr auto enumNames<RouteOrder> = std::to_array({"ordered", "weighted"});

struct RouteTarget
{
    QString model; // provider/model
    int weight = 1; // of weighted routes
    std::optional<int> timeoutSeconds; // until its first byte; absent: the server's

    static constexpr auto fields()
    {
        using T = RouteTarget;
        return std::tuple{
            Field{"model", &T::model, {.doc = "provider/model", .minLength = 3, .maxLength = 200}},
            Field{
                "weight", &T::weight, {.doc = "Of weighted routes", .minimum = 0, .maximum = 1000, .hasDefault = true}},
            Field{"timeoutSeconds",
                  &T::timeoutSeconds,
                  {.doc = "Until the first byte; absent: as the server is set up", .minimum = 1, .maximum = 900}}};
    }
};

// A name for models that programs may ask for, and where their calls go. Where a target fails, is too slow, or has no
// room, the next is asked, as long as nothing of an answer has been passed on. A target that failed again and again is
// left out for a while.
struct GatewayRoute
{
    QUuid id;
    QString alias; // what programs give for the model
    RouteOrder order = RouteOrder::Ordered;
    QList<RouteTarget> targets;
    bool isSticky = false; // the same end user or key gets the same first target
    std::optional<int> hedgeAfterMs; // ask the next target too when nothing has come by then
    QDateTime createdAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = GatewayRoute;
        return std::tuple{
            Field{"id", &T::id},
            Field{"alias", &T::alias},
            Field{"order", &T::order},
            Field{"targets", &T::targets},
            Field{"isSticky", &T::isSticky, {.doc = "The same end user, or else key, gets the same first target"}},
            Field{"hedgeAfterMs",
                  &T::hedgeAfterMs,
                  {.doc = "Ask the next target as well when nothing has come by then; both are billed"}},
            Field{"createdAt", &T::createdAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewGatewayRoute
{
    QString alias;
    RouteOrder order = RouteOrder::Ordered;
    QList<RouteTarget> targets;
    bool isSticky = false;
    std::optional<int> hedgeAfterMs;

    static constexpr auto fields()
    {
        using T = NewGatewayRoute;
        return std::tuple{
            Field{"alias",
                  &T::alias,
                  {.doc = "Without a slash, which names of models have", .minLength = 1, .maxLength = 120}},
            Field{"order", &T::order, {.hasDefault = true}},
            Field{"targets", &T::targets, {.minLength = 1, .maxLength = 16}},
            Field{"isSticky", &T::isSticky, {.hasDefault = true}},
            Field{"hedgeAfterMs", &T::hedgeAfterMs, {.minimum = 50, .maximum = 60'000}}};
    }
};

// How a target fares, as the server sees it that was asked.
struct RouteTargetHealth
{
    QString model;
    bool isResting = false; // left out after failures
    std::optional<QDateTime> triedAgainAt;
    qint64 calls = 0; // within the last minute
    qint64 failures = 0;

    static constexpr auto fields()
    {
        using T = RouteTargetHealth;
        return std::tuple{
            Field{"model", &T::model}, Field{"isResting", &T::isResting}, Field{"triedAgainAt", &T::triedAgainAt},
            Field{"calls", &T::calls, {.doc = "Within the last minute"}}, Field{"failures", &T::failures}};
    }
};

struct GatewayRouteHealth
{
    QList<RouteTargetHealth> items;

    static constexpr auto fields() { return std::tuple{Field{"items", &GatewayRouteHealth::items}}; }
};

struct GatewayRouteFilter
{
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = GatewayRouteFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the alias or a target", .maxLength = 200}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(RouteTarget)
WIRE_TYPE(GatewayRoute)
WIRE_TYPE(NewGatewayRoute)
WIRE_TYPE(RouteTargetHealth)
WIRE_TYPE(GatewayRouteHealth)
WIRE_TYPE(GatewayRouteFilter)
