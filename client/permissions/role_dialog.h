// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"
#include "client/widgets/dialog.h"

class FormField;
class Label;
class Select;
class TextField;

// Makes a role, beginning as another one is, or changes name and description of one.
class RoleDialog : public Dialog
{
    Q_OBJECT

public:
    RoleDialog(const PermissionDirectory &directory, const std::optional<CustomRole> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const CustomRole &role);

private:
    void typed();
    QList<Ability> startingAbilities() const;
    void answered(const Result<CustomRole> &reply);

    const PermissionDirectory &m_directory;
    const std::optional<CustomRole> m_before;
    TextField *m_name;
    TextField *m_description;
    Select *m_like;
    FormField *m_likeField;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
