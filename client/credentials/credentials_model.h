// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/credentials/credential.h"

// The tenant's provider keys as a table.
class CredentialsModel : public TableModel<Credential>
{
    Q_OBJECT

public:
    explicit CredentialsModel(QObject *parent = nullptr);
    void retranslate();
};
