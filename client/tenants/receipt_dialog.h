// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/tenants/erasure.h"

// The receipt for an erased tenant, to be copied or saved.
class ReceiptDialog : public Dialog
{
    Q_OBJECT

public:
    ReceiptDialog(const Erasure &erasure, QWidget *parent);
};
