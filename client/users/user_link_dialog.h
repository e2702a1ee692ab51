// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/one_time_link.h"
#include "client/widgets/dialog.h"

#include <QDateTime>

// A one-time link that was made for somebody, to be copied and passed on. It is not shown again.
class UserLinkDialog : public Dialog
{
    Q_OBJECT

public:
    UserLinkDialog(const OneTimeLink &link, const QString &personName, const QDateTime &expiresAt, QWidget *parent);
};
