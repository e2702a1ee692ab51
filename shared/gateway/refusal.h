// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

enum class RefusedBy { Limit, Budget, Model, Guardrail };
template<> inline constexpr auto enumNames<RefusedBy> = std::to_array({"limit", "budget", "model", "guardrail"});

// Calls that the gateway refused for one reason within one minute.
struct GatewayRefusal
{
    QDateTime minute;
    QDateTime lastAt;
    RefusedBy by = RefusedBy::Limit;
    std::optional<QUuid> decidedById; // of the limit or budget
    QString decidedByName; // as it was called then: "Web shop, requests a minute"
    QString detail; // what the last of the programs was told
    QString model;
    QUuid keyId;
    QString keyName;
    QString userName;
    qint64 calls = 0;

    static constexpr auto fields()
    {
        using T = GatewayRefusal;
        return std::tuple{Field{"minute", &T::minute},
                          Field{"lastAt", &T::lastAt},
                          Field{"by", &T::by},
                          Field{"decidedById", &T::decidedById},
                          Field{"decidedByName", &T::decidedByName},
                          Field{"detail", &T::detail, {.doc = "What the last of the programs was told"}},
                          Field{"model", &T::model},
                          Field{"keyId", &T::keyId},
                          Field{"keyName", &T::keyName},
                          Field{"userName", &T::userName},
                          Field{"calls", &T::calls}};
    }
};

struct GatewayRefusalFilter
{
    std::optional<RefusedBy> by;
    std::optional<QUuid> keyId;
    std::optional<QUuid> decidedById;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = GatewayRefusalFilter;
        return std::tuple{Field{"by", &T::by}, Field{"keyId", &T::keyId}, Field{"decidedById", &T::decidedById},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(GatewayRefusal)
WIRE_TYPE(GatewayRefusalFilter)
