// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price.h"

// The public list prices that a new price book begins with (resources/seeds/prices.json).
QList<ModelPrice> seedPrices();
