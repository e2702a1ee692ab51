// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/batches/batch.h"

StatusLook lookOf(BatchState state);
int endedRows(const Batch &batch);
QString shownProgress(const Batch &batch); // "812 of 1,000"
QString shownTemplate(const Batch &batch);
