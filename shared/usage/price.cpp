// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/price.h"

WIRE_CODE(TokenPrices)
WIRE_CODE(PriceTier)
WIRE_CODE(ModelPrice)
WIRE_CODE(ModelPriceList)
