// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class ConversationView;
class IconButton;
class Label;
class MessageComposer;

// A message and what was answered under it, beside the conversation.
class ThreadPane : public QWidget
{
    Q_OBJECT

public:
    explicit ThreadPane(QWidget *parent = nullptr);
    ConversationView *view() { return m_view; }
    MessageComposer *composer() { return m_composer; }

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    Label *m_title;
    IconButton *m_close;
    ConversationView *m_view;
    MessageComposer *m_composer;
};
