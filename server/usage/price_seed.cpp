// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_seed.h"

#include "shared/json/json.h"

#include <QFile>

QList<ModelPrice> seedPrices()
{
    QFile file(QStringLiteral(":/seeds/prices.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The price list is missing from the program.");
    return json::parse<ModelPriceList>(file.readAll(), json::UnknownMembers::Reject).items;
}
