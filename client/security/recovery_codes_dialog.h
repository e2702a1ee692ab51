// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"

// Shows recovery codes, once: to be copied, saved or written down.
class RecoveryCodesDialog : public Dialog
{
    Q_OBJECT

public:
    RecoveryCodesDialog(const QStringList &codes, QWidget *parent);

private:
    void save();

    const QString m_text; // one code a line
};
