// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/batches/batch.h"

WIRE_CODE(Batch)
WIRE_CODE(NewBatch)
WIRE_CODE(NewBatchQuery)
WIRE_CODE(BatchFilter)
WIRE_CODE(BatchRow)
WIRE_CODE(BatchRowFilter)
