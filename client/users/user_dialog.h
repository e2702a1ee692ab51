// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/permissions/custom_role.h"
#include "shared/users/user_link.h"

class FormField;
class Label;
class QCheckBox;
class SegmentedControl;
class TextField;

// Invites a person by a one-time link, or adds one with a first password, or changes name and roles of one. Stays open
// until the server has agreed, and says at the field what it refuses.
class UserDialog : public Dialog
{
    Q_OBJECT

public:
    struct Choices // what may be given
    {
        QList<Role> roles;
        QList<CustomRole> customRoles;
    };
    UserDialog(ApiClient &api, const std::optional<User> &before, const Choices &choices, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const User &user);
    void invited(const UserLink &link); // after saved()

private:
    void addRoles(const Choices &choices);
    template<class Key> static QList<Key> checkedOf(const QList<std::pair<Key, QCheckBox *>> &boxes);
    bool isInvitation() const;
    void typed();
    void send();
    void answered(const Result<User> &reply);

    ApiClient &m_api;
    const std::optional<User> m_before;
    SegmentedControl *m_way; // by invitation, or with a password
    TextField *m_email;
    TextField *m_name;
    TextField *m_password;
    QList<std::pair<Role, QCheckBox *>> m_roles;
    QList<std::pair<QUuid, QCheckBox *>> m_customRoles;
    FormField *m_rolesField;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
