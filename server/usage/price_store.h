// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/usage/price.h"

// SQL of the price book, in a platform transaction.
namespace PriceStore {

QList<ModelPrice> all(Transaction &tx);
// Adds the rows that are not there; those that are stay as they are, because an operator may have verified them. Gives
// how many.
qint64 addMissing(Transaction &tx, const QList<ModelPrice> &prices);

} // namespace PriceStore
