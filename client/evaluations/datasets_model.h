// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/evaluations/dataset.h"

class DatasetsModel : public TableModel<Dataset>
{
    Q_OBJECT

public:
    explicit DatasetsModel(QObject *parent = nullptr);
    void retranslate();
};
