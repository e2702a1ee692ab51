// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price_book.h"

// What a row of the price book must be.
namespace PriceRules {

// As it is kept, with its moment: `now` and two seconds where it names none.
ModelPrice rowOf(const NewPrice &input, const QDateTime &now);

// What is wrong with it, by the members of NewPrice. Whether the moment is in the past is not among it.
QList<json::Problem> check(const ModelPrice &price);

bool samePrices(const ModelPrice &a, const PriceRow &b); // whatever is said about them

} // namespace PriceRules
