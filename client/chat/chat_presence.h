// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"

#include <QTimer>

// Who else types in the channel that is open, and what they are told of this person: looking, or typing until a while
// after the last letter. Whoever says something here follows the channel's topic already.
class ChatPresence : public QObject
{
    Q_OBJECT

public:
    explicit ChatPresence(Workspace &workspace, QObject *parent = nullptr);
    ~ChatPresence() override;

    void enter(const QString &topic);
    void leave();
    void typed();
    void sent(); // what was typed is a message now
    QStringList typing() const; // names

Q_SIGNALS:
    void changed();

private:
    Workspace &m_workspace;
    QString m_topic;
    QList<live::Person> m_others;
    QTimer m_typing;
};
