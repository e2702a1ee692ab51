// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/permissions/custom_role.h"
#include "shared/users/user.h"

// The people of the tenant as a table.
class UsersModel : public TableModel<User>
{
    Q_OBJECT

public:
    explicit UsersModel(QObject *parent = nullptr);

    void setCustomRoles(const QList<CustomRole> &roles);
    const QList<CustomRole> &customRoles() const { return *m_customRoles; }
    void retranslate();

private:
    explicit UsersModel(std::shared_ptr<QList<CustomRole>> roles, QObject *parent);

    std::shared_ptr<QList<CustomRole>> m_customRoles; // the columns look names up here
};
