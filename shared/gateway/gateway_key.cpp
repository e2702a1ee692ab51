// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/gateway_key.h"

#include <algorithm>

using namespace Qt::StringLiterals;

bool allowsModel(const QList<QString> &models, const QString &fullModel)
{
    return models.isEmpty() || std::any_of(models.begin(), models.end(), [&](const QString &one) {
               return one.endsWith("/*"_L1) ? fullModel.startsWith(QStringView(one).chopped(1)) : one == fullModel;
           });
}

WIRE_CODE(GatewayKey)
WIRE_CODE(NewGatewayKey)
WIRE_CODE(GatewayKeyChange)
WIRE_CODE(GatewayKeyRotation)
WIRE_CODE(MadeGatewayKey)
WIRE_CODE(GatewayKeyFilter)
