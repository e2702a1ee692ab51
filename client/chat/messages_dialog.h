// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/message_query.h"
#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "shared/http/page.h"

class Label;
class QListWidget;
class SearchField;

// Messages as a list, to go to one of them: those that a search finds, or the pinned ones of a channel.
class MessagesDialog : public Dialog
{
    Q_OBJECT

public:
    // Finds in `channel`, or everywhere when it is null.
    static MessagesDialog *search(Workspace &workspace, const messageQuery::Names &names, const QUuid &channel,
                                  const QString &channelTitle, QWidget *parent);
    static MessagesDialog *pins(Workspace &workspace, const QUuid &channel, const QString &channelTitle,
                                QWidget *parent);

Q_SIGNALS:
    void chosen(const ChatMessage &message);

private:
    MessagesDialog(Workspace &workspace, const QString &title, QWidget *parent);
    void find();
    void loadMore();
    void show(const Result<Page<ChatMessage>> &page, const QString &none);

    Workspace &m_workspace;
    messageQuery::Names m_names;
    QUuid m_channel; // null: everywhere
    MessageSearch m_search;
    std::optional<QString> m_cursor;
    QList<ChatMessage> m_messages;
    CallHandle m_call;
    SearchField *m_words = nullptr; // of a search
    QListWidget *m_list;
    Label *m_note;
};
