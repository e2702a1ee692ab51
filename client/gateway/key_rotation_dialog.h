// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/gateway/gateway_key.h"

class Select;

// Asks how long the secret before stays good when a key gets another one.
class KeyRotationDialog : public Dialog
{
    Q_OBJECT

public:
    KeyRotationDialog(const GatewayKey &key, QWidget *parent);
    int overlapMinutes() const;

private:
    Select *m_overlap;
};
