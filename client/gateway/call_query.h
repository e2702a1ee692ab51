// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/gateway_call_row.h"

#include <QJsonObject>

// Which calls are shown: conditions on top of "all, the latest first". Goes to the server, into the history and into
// links as data.
struct CallQuery
{
    int withinHours = 0; // 0: whenever
    QString model;
    QString status;
    QUuid keyId;
    QString keyName; // only shown
    QUuid userId;
    QString userName; // only shown

    QJsonObject toJson() const;
    static CallQuery fromJson(const QJsonObject &state);
    GatewayCallFilter filter(const QDateTime &now) const; // what the server is asked for
    bool isFiltering() const { return *this != CallQuery(); }

    bool operator==(const CallQuery &) const = default;
};
