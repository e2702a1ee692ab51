// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "shared/chat/message.h"

// What a channel is and who is in it, and what may be done with it.
class ChannelDetailsDialog : public Dialog
{
    Q_OBJECT

public:
    ChannelDetailsDialog(const AccountSession &session, const ChannelEntry &entry, const QList<ChannelMember> &members,
                         QWidget *parent);

Q_SIGNALS:
    void editRequested();
    void addRequested();
    void leaveRequested();
    void archiveRequested(bool isArchived);
};
