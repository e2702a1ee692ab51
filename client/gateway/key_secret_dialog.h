// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/gateway/gateway_key.h"

// Shows the secret of a gateway key, the one time that it is shown. What is copied leaves the clipboard after a minute.
// Goes with its closing.
class KeySecretDialog : public Dialog
{
    Q_OBJECT

public:
    KeySecretDialog(const MadeGatewayKey &made, bool isRotated, QWidget *parent);
};
