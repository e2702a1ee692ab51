// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/batches/batch.h"

// Batches as a table, with how far each is.
class BatchesModel : public TableModel<Batch>
{
    Q_OBJECT

public:
    explicit BatchesModel(QObject *parent = nullptr);
    void retranslate();
};
