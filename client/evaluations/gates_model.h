// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/evaluations/gate.h"

class GatesModel : public TableModel<Gate>
{
    Q_OBJECT

public:
    explicit GatesModel(QObject *parent = nullptr);
    void retranslate();
};
