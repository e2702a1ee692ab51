// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/role.h"

#include <initializer_list>

namespace {

Abilities set(std::initializer_list<Ability> list, Abilities base = {})
{
    base.set(bit(Ability::Public)).set(bit(Ability::SignedIn));
    for (const Ability ability : list)
        base.set(bit(ability));
    return base;
}

} // namespace

Abilities ownAbilities() { return set({}); }

Abilities abilitiesOf(Role role)
{
    using enum Ability;
    static const Abilities viewer =
        set({TemplatesRead, JobsRead, BatchesRead, UsageRead, EvaluationsRead, ChannelsRead, ChatRead, AssistantsRead});
    static const Abilities agent =
        set({JobsCreate, JobsUpdate, JobsCancel, GatewayCall, ChannelsCreate, ChannelsUpdate, ChatPost}, viewer);
    static const Abilities finance =
        set({UsageRead, PricesRead, BudgetsRead, BudgetsCreate, BudgetsUpdate, BudgetsDelete, ChannelsRead,
             ChannelsCreate, ChannelsUpdate, ChatRead, ChatPost, AssistantsRead});
    static const Abilities engineer = set(
        {TemplatesCreate,   TemplatesUpdate, TemplatesDelete,   TemplatesPublish,  JobsCreate,        JobsUpdate,
         JobsCancel,        JobsReplay,      JobsDiscard,       BatchesCreate,     BatchesUpdate,     PricesRead,
         GatewayCall,       BudgetsRead,     GatewayLimitsRead, GatewayRoutesRead, EvaluationsCreate, EvaluationsUpdate,
         EvaluationsDelete, EvaluationsRun,  ChannelsCreate,    ChannelsUpdate,    ChatPost,          AssistantsCreate,
         AssistantsUpdate,  AssistantsDelete},
        viewer);
    static const Abilities admin =
        set({UsersRead,           UsersCreate,           UsersUpdate,         UsersDelete,         SessionsRead,
             SessionsDelete,      CredentialsRead,       CredentialsCreate,   CredentialsUpdate,   CredentialsDelete,
             RolesRead,           RolesCreate,           RolesUpdate,         RolesDelete,         RulesRead,
             RulesCreate,         RulesUpdate,           RulesDelete,         SettingsRead,        SettingsUpdate,
             AuditRead,           AuditExport,           GatewayKeysRead,     GatewayKeysCreate,   GatewayKeysUpdate,
             GatewayKeysDelete,   GatewayLimitsCreate,   GatewayLimitsUpdate, GatewayLimitsDelete, BudgetsCreate,
             BudgetsUpdate,       BudgetsDelete,         GatewayRoutesCreate, GatewayRoutesUpdate, GatewayRoutesDelete,
             GatewaySettingsRead, GatewaySettingsUpdate, GatewayCallsRead,    GatewayCallsBodies,  ChannelsDelete,
             ChatModerate},
            engineer);
    static const Abilities service =
        set({TemplatesRead, JobsRead, JobsCreate, JobsUpdate, JobsCancel, BatchesRead, BatchesCreate, BatchesUpdate,
             GatewayCall, EvaluationsRead, EvaluationsRun, ChannelsRead, ChatRead, ChatPost, AssistantsRead});
    static const Abilities platformOperator =
        set({TenantsRead, TenantsCreate, TenantsUpdate, UsersRead, UsersCreate, UsersUpdate, UsersDelete, SessionsRead,
             SessionsDelete, PricesRead, PricesUpdate, SettingsRead, SettingsUpdate, AuditRead, AuditExport,
             TenantsExport, TenantsDelete});
    switch (role) {
    case Role::Owner:
    case Role::Admin:
        return admin;
    case Role::PromptEngineer:
        return engineer;
    case Role::Agent:
        return agent;
    case Role::Finance:
        return finance;
    case Role::Viewer:
        return viewer;
    case Role::Service:
        return service;
    case Role::Operator:
        return platformOperator;
    }
    return {};
}

Abilities abilitiesOf(const QList<Role> &roles)
{
    Abilities all;
    for (const Role role : roles)
        all |= abilitiesOf(role);
    return all;
}
