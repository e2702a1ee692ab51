// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_maker.h"

namespace BatchRows {

// The generations that the inputs come to. Throws ApiError 422: what concerns all rows with its own pointer, what is
// wrong in rows with pointers like /inputs/41/age, the first 100 of them, and how many there are in the detail.
QList<PreparedGeneration> prepare(Transaction &tx, const Caller &caller, const NewBatch &input);

} // namespace BatchRows
