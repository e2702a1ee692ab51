// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/price_book.h"

#include "shared/usage/price_import.h"
#include "shared/usage/rerating.h"

WIRE_CODE(PriceRow)
WIRE_CODE(PriceFilter)
WIRE_CODE(NewPrice)
WIRE_CODE(PriceAdded)
WIRE_CODE(PriceChange)
WIRE_CODE(PriceAlias)
WIRE_CODE(NewPriceAlias)
WIRE_CODE(PriceAliasFilter)
WIRE_CODE(UnpricedModel)
WIRE_CODE(UnpricedModels)
WIRE_CODE(PriceImportInput)
WIRE_CODE(PriceImportLine)
WIRE_CODE(PriceImport)
WIRE_CODE(RerateInput)
WIRE_CODE(ReratedModel)
WIRE_CODE(ReratedCall)
WIRE_CODE(Rerating)
