// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/user_looks.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct UserLooks
{
    Q_DECLARE_TR_FUNCTIONS(UserLooks)
};

} // namespace

StatusLook lookOf(UserStatus status)
{
    switch (status) {
    case UserStatus::Invited:
        return {Tone::Info, u"mail"_s, UserLooks::tr("Invited", "a person")};
    case UserStatus::Active:
        return {Tone::Success, u"circle-check"_s, UserLooks::tr("Active", "a person")};
    case UserStatus::Suspended:
        return {Tone::Danger, u"ban"_s, UserLooks::tr("Suspended", "a person")};
    }
    return {};
}

QString shownRole(Role role)
{
    switch (role) {
    case Role::Owner:
        return UserLooks::tr("Owner");
    case Role::Admin:
        return UserLooks::tr("Administrator");
    case Role::PromptEngineer:
        return UserLooks::tr("Prompt engineer");
    case Role::Agent:
        return UserLooks::tr("Agent");
    case Role::Finance:
        return UserLooks::tr("Finance");
    case Role::Viewer:
        return UserLooks::tr("Viewer");
    case Role::Service:
        return UserLooks::tr("Service");
    case Role::Operator:
        return UserLooks::tr("Operator");
    }
    return {};
}

QString explainedRole(Role role)
{
    switch (role) {
    case Role::Owner:
        return UserLooks::tr("Everything, and gives the role of owner to others.");
    case Role::Admin:
        return UserLooks::tr("Everything but other owners.");
    case Role::PromptEngineer:
        return UserLooks::tr("Writes templates, runs and manages jobs.");
    case Role::Agent:
        return UserLooks::tr("Runs templates and cancels jobs.");
    case Role::Finance:
        return UserLooks::tr("Sees usage and prices.");
    case Role::Viewer:
        return UserLooks::tr("Sees templates, jobs and usage.");
    case Role::Service:
        return UserLooks::tr("For programs: runs templates.");
    case Role::Operator:
        return UserLooks::tr("Runs this server and its tenants.");
    }
    return {};
}

QString shownRoles(const User &user, const QList<CustomRole> &customRoles)
{
    QStringList names;
    for (const Role role : user.roles)
        names << shownRole(role);
    for (const CustomRole &role : customRoles)
        if (user.customRoles.contains(role.id))
            names << role.name;
    return names.join(u", "_s);
}

QList<Role> rolesToGive(bool ofOperators)
{
    if (ofOperators)
        return {Role::Operator};
    return {Role::Owner, Role::Admin, Role::PromptEngineer, Role::Agent, Role::Finance, Role::Viewer, Role::Service};
}
