// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/jobs/job.h"

// Jobs as a table. Ages and running times are those of the moment of painting.
class JobsModel : public TableModel<Job>
{
    Q_OBJECT

public:
    explicit JobsModel(QObject *parent = nullptr);
    void retranslate();
};
