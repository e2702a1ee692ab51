// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"

#include <QTimer>

// Who else has a template open, and what they are told of this person: looking, or typing until a while after the last
// letter.
class TemplatePresence : public QObject
{
    Q_OBJECT

public:
    explicit TemplatePresence(Workspace &workspace, QObject *parent = nullptr);
    ~TemplatePresence() override;

    void enter(const QUuid &id);
    void leave();
    void typed();
    const QList<live::Person> &others() const { return m_others; }
    QString text() const; // "Ana is typing"; empty: nobody else is here

Q_SIGNALS:
    void changed();
    void eventHeard(const live::Event &event); // of the template

private:
    void heard(const live::Presence &presence);

    Workspace &m_workspace;
    QString m_topic;
    QList<live::Person> m_others;
    QTimer m_typing;
};
