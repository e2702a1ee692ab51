// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/security/secret_dialog.h"
#include "shared/auth/second_factor.h"

// Shows the secret for an authenticator app, as a QR code and as text, and takes the first code.
class SecondFactorDialog : public SecretDialog
{
    Q_OBJECT

public:
    SecondFactorDialog(ApiClient &api, const SecondFactorOffer &offer, QWidget *parent);

Q_SIGNALS:
    void confirmed(const QStringList &recoveryCodes);
};
