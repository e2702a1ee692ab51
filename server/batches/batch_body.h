// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/route.h"

// The JSON of a NewBatch from a body that holds nothing but rows, as text/csv or application/jsonl, and from the query.
// Throws ApiError 415 for other media types, 422 for what cannot be read, with the line.
QByteArray batchBody(const http::Call &call);
