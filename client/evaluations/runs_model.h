// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/evaluations/run.h"

class RunsModel : public TableModel<EvaluationRun>
{
    Q_OBJECT

public:
    explicit RunsModel(QObject *parent = nullptr);
    void retranslate();
};
