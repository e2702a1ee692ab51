// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/permission_rules.h"

#include "server/gateway/gateway_key_store.h"
#include "server/permissions/policy_book.h"
#include "server/permissions/role_store.h"
#include "server/permissions/rule_store.h"
#include "server/permissions/rule_tables.h"
#include "server/users/user_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace PermissionRules {
namespace {

// A tenant rules itself: what belongs to operators is in no role or rule of its own.
Abilities givable()
{
    static const Abilities all = abilitiesOf(Role::Owner);
    return all;
}

QString problemOf(Transaction &tx, const RuleWho &who)
{
    const QUuid id = QUuid::fromString(who.value);
    switch (who.kind) {
    case RuleWhoKind::User:
        return UserStore::find(tx, id) ? QString() : u"names nobody of this tenant"_s;
    case RuleWhoKind::CustomRole:
        return RoleStore::find(tx, id) ? QString() : u"names no role of this tenant"_s;
    case RuleWhoKind::GatewayKey:
        return GatewayKeyStore::find(tx, id) ? QString() : u"names no gateway key of this tenant"_s;
    case RuleWhoKind::Everyone:
    case RuleWhoKind::Role:
        return {};
    }
    return {};
}

} // namespace

Abilities heldBy(Transaction &tx, const Caller &caller)
{
    const auto user = UserStore::find(tx, caller.userId);
    if (!user)
        throw ApiError::unauthenticated();
    if (user->roles.contains(Role::Owner))
        return abilitiesOf(user->roles);
    const permissions::Policy policy(PolicyBook::read(tx), PolicyBook::principalOf(tx, user->id, user->roles));
    Abilities held;
    for (std::size_t i = 0; i < held.size(); ++i)
        held.set(i, reachOf(policy, Ability(i)) == Reach::All);
    return held;
}

void checkHolds(const Abilities &held, const Abilities &given)
{
    const Abilities missing = given & ~held;
    for (std::size_t i = 0; i < missing.size(); ++i)
        if (missing.test(i))
            throw ApiError::forbidden(
                u"You may not give or take the ability %1: you do not hold it yourself without conditions."_s.arg(
                    json::name(Ability(i))));
}

void checkManages(Transaction &tx, const Caller &caller, const QList<Role> &roles, const QList<QUuid> &customRoles)
{
    const bool isOwner = UserStore::rolesOf(tx, caller.userId).contains(Role::Owner);
    const Abilities held = heldBy(tx, caller);
    const auto refuse = [](const QString &role) {
        throw ApiError::forbidden(
            u"You may not give, take or manage the role “%1”: it allows more than you hold."_s.arg(role));
    };
    for (const Role role : roles)
        if ((role == Role::Owner && !isOwner) || (abilitiesOf(role) & ~held).any())
            refuse(json::name(role));
    for (const CustomRole &role : customRoles.isEmpty() ? QList<CustomRole>() : RoleStore::all(tx)) {
        const auto isHeld = [&](Ability ability) { return held.test(bit(ability)); };
        if (customRoles.contains(role.id) && !std::all_of(role.abilities.begin(), role.abilities.end(), isHeld))
            refuse(role.name);
    }
    // With a role goes what rules allow to whoever has it.
    const auto isGiven = [&](const RuleWho &who) {
        const auto isNamed = [&](Role role) { return who.value == json::name(role); };
        return (who.kind == RuleWhoKind::CustomRole && customRoles.contains(QUuid::fromString(who.value)))
            || (who.kind == RuleWhoKind::Role && std::any_of(roles.begin(), roles.end(), isNamed));
    };
    for (const Rule &rule : RuleStore::all(tx)) {
        const auto given = std::find_if(rule.who.begin(), rule.who.end(), isGiven);
        const bool allows = rule.effect == RuleEffect::Allow && rule.enabled && given != rule.who.end();
        if (allows && (abilitiesOf(rule.actions, rule.subject) & ~held).any())
            throw ApiError::forbidden(
                u"You may not give, take or manage a role to which the rule “%1” allows more than you hold."_s.arg(
                    rule.reason));
    }
}

void checkAttributes(const Caller &caller, const QJsonObject &before, const QJsonObject &after)
{
    if (before == after || caller.may(Ability::RulesUpdate))
        return;
    ApiError error = ApiError::forbidden(
        u"Rules go by the attributes of people, so whoever changes them needs the ability rules.update."_s);
    error.errors = {{u"/attributes"_s, u"cannot be set by you: leave it out"_s}};
    throw error;
}

void checkRole(const QList<Ability> &abilities)
{
    QList<json::Problem> problems;
    for (qsizetype i = 0; i < abilities.size(); ++i) {
        const QString pointer = u"/abilities/%1"_s.arg(i);
        const Ability ability = abilities[i];
        if (ability == Ability::Public || ability == Ability::SignedIn || !givable().test(bit(ability)))
            problems.append({pointer, u"is not for a tenant to give"_s});
        else if (abilities.indexOf(ability) < i)
            problems.append({pointer, u"stands more than once"_s});
    }
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
}

void check(Transaction &tx, const RuleInput &rule)
{
    QList<json::Problem> problems = checkRule(rule);
    if (problems.isEmpty())
        problems = checkRuleForLists(rule);
    if (problems.isEmpty() && (abilitiesOf(rule.actions, rule.subject) & ~givable()).any())
        problems.append({u"/subject"_s, u"is for operators: rules of a tenant cannot speak of it"_s});
    for (qsizetype i = 0; i < rule.who.size(); ++i)
        if (const QString problem = problemOf(tx, rule.who[i]); !problem.isEmpty())
            problems.append({u"/who/%1/value"_s.arg(i), problem});
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
}

void keepAnOwner(Transaction &tx)
{
    const permissions::PolicySource source = PolicyBook::read(tx);
    for (const QUuid &id : UserStore::holdActive(tx, Role::Owner)) {
        const auto owner = UserStore::find(tx, id);
        const permissions::Policy policy(source, PolicyBook::principalOf(tx, id, owner->roles));
        const auto keeps = [&](Ability ability) {
            // A plan without them is the operator's word, not this change's.
            return !policy.inCeiling(ability) || reachOf(policy, ability) == Reach::All;
        };
        if (keeps(Ability::RulesRead) && keeps(Ability::RulesUpdate) && keeps(Ability::RulesDelete))
            return;
    }
    throw ApiError::conflict(
        u"After this no active owner could change rules any more. Leave at least one of them out of it."_s);
}

Reach reachOf(const permissions::Policy &policy, Ability ability)
{
    if (!policy.mayAny(ability))
        return Reach::None;
    return policy.allowsAll(ability) ? Reach::All : Reach::Some;
}

} // namespace PermissionRules
