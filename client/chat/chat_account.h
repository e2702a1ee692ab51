// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_book.h"
#include "client/chat/chat_drafts.h"
#include "client/chat/chat_notices.h"
#include "client/chat/chat_outbox.h"

// What of chat goes on while an account is open, whatever page is in front: what is unread, what is still to be sent,
// what was typed, what is to be told.
class ChatAccount
{
public:
    ChatAccount(QWidget &window, Workspace &workspace)
        : m_channels(workspace),
          m_outbox(workspace),
          m_drafts(workspace, m_channels),
          m_notices(window, m_channels)
    {
    }

    ChannelBook &channels() { return m_channels; }
    ChatOutbox &outbox() { return m_outbox; }
    ChatDrafts &drafts() { return m_drafts; }
    ChatNotices &notices() { return m_notices; }

private:
    ChannelBook m_channels;
    ChatOutbox m_outbox;
    ChatDrafts m_drafts;
    ChatNotices m_notices;
};
