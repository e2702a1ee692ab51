// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "shared/permissions/custom_role.h"
#include "shared/users/user.h"

#include <QWidget>

class Button;
class DetailPane;
class Facts;
class IconButton;
class Label;
class SessionRows;

// One person beside the table: what is known of them, where they are signed in, and what can be done.
class UserPane : public QWidget
{
    Q_OBJECT

public:
    struct Allowed
    {
        bool change = false;
        bool suspend = false; // also: let in again
        bool remove = false;
        bool sessions = false;
        bool endSessions = false;
    };

    explicit UserPane(ApiClient &api, QWidget *parent = nullptr);

    void show(const User &user, const QList<CustomRole> &customRoles, const Allowed &allowed);
    const QUuid &userId() const { return m_user.id; }
    void reloadSessions();

Q_SIGNALS:
    void closed();
    void changeRequested();
    void suspendRequested();
    void linkRequested(); // another invitation, or a password reset
    void factorResetRequested();
    void sessionsEndRequested();
    void removeRequested();
    void sessionEnded(const QString &device);
    void failed(const ApiError &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_change;
    Button *m_link;
    IconButton *m_factor;
    IconButton *m_suspend;
    IconButton *m_remove;
    Facts *m_facts;
    Label *m_sessionsTitle;
    SessionRows *m_sessions;
    Button *m_endSessions;
    User m_user;
    QList<CustomRole> m_customRoles;
    Allowed m_allowed;
};
