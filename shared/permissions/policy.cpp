// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/policy.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace permissions {
namespace {

// Where a built-in role may do something with some records only; the same as a rule's conditions.
struct RoleCondition
{
    Role role;
    Ability ability;
    const char *json;
};
constexpr std::array<RoleCondition, 0> roleConditions{};

const char *conditionOf(Role role, Ability ability)
{
    const auto found = std::find_if(roleConditions.begin(), roleConditions.end(), [&](const RoleCondition &one) {
        return one.role == role && one.ability == ability;
    });
    return found == roleConditions.end() ? nullptr : found->json;
}

bool isMeant(const RuleWho &who, const Principal &principal)
{
    switch (who.kind) {
    case RuleWhoKind::Everyone:
        return true;
    case RuleWhoKind::User:
        return !principal.userId.isNull() && QUuid::fromString(who.value) == principal.userId;
    case RuleWhoKind::Role:
        return std::any_of(principal.roles.begin(), principal.roles.end(),
                           [&](Role role) { return json::name(role) == who.value; });
    case RuleWhoKind::CustomRole:
        return principal.customRoles.contains(QUuid::fromString(who.value));
    case RuleWhoKind::GatewayKey:
        return principal.gatewayKeyId && QUuid::fromString(who.value) == *principal.gatewayKeyId;
    }
    return false;
}

Variables variablesOf(const PolicySource &source, const Principal &principal)
{
    Variables variables;
    if (!principal.userId.isNull())
        variables.userId = principal.userId.toString(QUuid::WithoutBraces);
    for (const Role role : principal.roles)
        variables.roles.append(json::name(role));
    for (const CustomRoleAbilities &role : source.customRoles)
        if (principal.customRoles.contains(role.id))
            variables.roles.append(role.name);
    variables.attributes = principal.attributes;
    return variables;
}

quint64 fieldsOf(const Rule &rule, const Subject &subject)
{
    if (!rule.onlyFields)
        return Policy::allFields;
    quint64 fields = 0;
    for (const QString &name : *rule.onlyFields)
        if (const int index = subject.indexOf(name); index >= 0)
            fields |= quint64(1) << index;
    return fields;
}

int costOf(const Policy::Clause &clause) { return clause.condition ? clause.condition->cost() : 0; }

} // namespace

Abilities ceilingOf(const QList<QString> &subjects)
{
    Abilities ceiling;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i) {
        const Subject *const subject = subjectOf(Ability(i));
        ceiling.set(i, !subject || subjects.contains(subject->name));
    }
    return ceiling;
}

Policy::Policy(const PolicySource &source, const Principal &principal) : m_ceiling(source.ceiling)
{
    m_ceiling.set(bit(Ability::Public)).set(bit(Ability::SignedIn));
    addRoles(source, principal);
    addRules(source, principal);
    for (const Source &one : m_sources) {
        if (!one.applies)
            continue;
        for (std::size_t i = 0; i < m_clauses.size(); ++i) {
            if (!one.abilities.test(i) || !m_ceiling.test(i))
                continue;
            const bool isDeny = one.step.effect == RuleEffect::Deny;
            (isDeny ? m_clauses[i].denies : m_clauses[i].allows).push_back(one.clause);
            m_speaksOfFields |= one.clause.fields != allFields;
            (isDeny ? m_clauses[i].deniedAlways : m_clauses[i].allowedAlways) |= one.clause.isPlain();
        }
    }
    for (std::size_t i = 0; i < m_clauses.size(); ++i) {
        m_clauses[i].subject = subjectOf(Ability(i));
        arrange(m_clauses[i]);
    }
    m_clauses[bit(Ability::Public)].allowedAlways = true;
    m_clauses[bit(Ability::SignedIn)].allowedAlways = true;
}

void Policy::addRoles(const PolicySource &source, const Principal &principal)
{
    const Variables variables = variablesOf(source, principal);
    for (const Role role : principal.roles) {
        Source plain;
        plain.step.kind = TraceKind::Role;
        plain.step.name = json::name(role);
        plain.abilities = abilitiesOf(role);
        for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i) {
            const char *const json = plain.abilities.test(i) ? conditionOf(role, Ability(i)) : nullptr;
            if (!json)
                continue;
            plain.abilities.reset(i);
            Source conditional = plain;
            conditional.abilities = Abilities().set(i);
            compile(conditional, json::object(json), *subjectOf(Ability(i)), variables);
            m_sources.push_back(std::move(conditional));
        }
        m_sources.push_back(std::move(plain));
    }
    for (const CustomRoleAbilities &role : source.customRoles) {
        if (!principal.customRoles.contains(role.id))
            continue;
        Source custom;
        custom.step.kind = TraceKind::CustomRole;
        custom.step.id = role.id;
        custom.step.name = role.name;
        custom.abilities = role.abilities;
        m_sources.push_back(std::move(custom));
    }
}

void Policy::addRules(const PolicySource &source, const Principal &principal)
{
    const Variables variables = variablesOf(source, principal);
    for (const Rule &rule : source.rules) {
        Source one;
        one.step.kind = TraceKind::Rule;
        one.step.id = rule.id;
        one.step.name = rule.reason;
        one.step.effect = rule.effect;
        one.abilities = abilitiesOf(rule.actions, rule.subject);
        if (one.abilities.none()) // of a subject or action that this version does not know
            continue;
        if (!rule.enabled)
            one.step.why = u"It is switched off."_s;
        else if (std::none_of(rule.who.begin(), rule.who.end(),
                              [&](const RuleWho &who) { return isMeant(who, principal); }))
            one.step.why = u"It speaks of others."_s;
        one.applies = one.step.why.isEmpty();
        if (one.applies) {
            const Subject &subject = *findSubject(rule.subject);
            one.clause.fields = fieldsOf(rule, subject);
            if (rule.validFrom)
                one.clause.validFrom = rule.validFrom->toMSecsSinceEpoch();
            if (rule.validUntil)
                one.clause.validUntil = rule.validUntil->toMSecsSinceEpoch();
            if (rule.hours)
                one.clause.hours = std::make_shared<const HourSpan>(*rule.hours);
            if (rule.conditions)
                compile(one, *rule.conditions, subject, variables);
        }
        m_sources.push_back(std::move(one));
    }
}

// A condition that matches everything is none. One that cannot be evaluated fails closed.
void Policy::compile(Source &source, const QJsonObject &json, const Subject &subject, const Variables &variables)
{
    QList<json::Problem> problems;
    auto condition = Condition::compile(json, subject, &variables, problems);
    if (!condition) {
        source.applies = source.step.effect == RuleEffect::Deny;
        source.step.why = u"It cannot be evaluated, so it %1: %2 %3."_s.arg(
            source.applies ? u"matches" : u"does not match", problems.first().pointer, problems.first().message);
    } else if (!condition->isEmpty()) {
        source.clause.condition = std::move(condition);
    }
}

// What is quick to look at first; nothing that cannot change the answer.
void Policy::arrange(Clauses &clauses)
{
    const auto byCost = [](const Clause &a, const Clause &b) {
        const bool hasFields = a.fields != allFields, otherHas = b.fields != allFields;
        return hasFields != otherHas ? !hasFields : costOf(a) < costOf(b);
    };
    std::stable_sort(clauses.denies.begin(), clauses.denies.end(), byCost);
    std::stable_sort(clauses.allows.begin(), clauses.allows.end(), byCost);
    if (clauses.deniedAlways)
        clauses.allows.clear();
    if (clauses.allowedAlways)
        clauses.allows.erase(std::remove_if(clauses.allows.begin(), clauses.allows.end(),
                                            [](const Clause &clause) { return !clause.isPlain(); }),
                             clauses.allows.end());
    clauses.plainDenies = std::size_t(std::count_if(clauses.denies.begin(), clauses.denies.end(),
                                                    [](const Clause &one) { return one.fields == allFields; }));
}

bool Policy::mayAny(Ability ability, const Moment &now) const
{
    const Clauses &clauses = m_clauses[bit(ability)];
    if (clauses.deniedAlways)
        return false;
    for (std::size_t i = 0; i < clauses.plainDenies; ++i)
        if (!clauses.denies[i].condition && clauses.denies[i].appliesAt(now))
            return false;
    return clauses.allowedAlways || std::any_of(clauses.allows.begin(), clauses.allows.end(), [&](const Clause &allow) {
               return allow.appliesAt(now);
           });
}

Abilities Policy::abilities(const Moment &now) const
{
    Abilities abilities;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        abilities.set(i, mayAny(Ability(i), now));
    return abilities;
}

bool Policy::Clause::matches(const Attributes &record, const Moment &now) const
{
    return appliesAt(now) && (!condition || condition->matches(record, now));
}

bool Policy::may(Ability ability, const Attributes &record, const Moment &now) const
{
    const Clauses &clauses = m_clauses[bit(ability)];
    if (clauses.deniedAlways || !speaksOf(clauses, record))
        return false;
    for (std::size_t i = 0; i < clauses.plainDenies; ++i)
        if (clauses.denies[i].matches(record, now))
            return false;
    return clauses.allowedAlways || std::any_of(clauses.allows.begin(), clauses.allows.end(), [&](const Clause &allow) {
               return allow.matches(record, now);
           });
}

Policy::FieldSets Policy::fieldSets(Ability ability, const Attributes &record, const Moment &now) const
{
    const Clauses &clauses = m_clauses[bit(ability)];
    if (!speaksOf(clauses, record))
        return {allFields, 0};
    FieldSets sets;
    for (const Clause &deny : clauses.denies) {
        if ((deny.fields & ~sets.denied) != 0 && deny.matches(record, now))
            sets.denied |= deny.fields;
    }
    sets.allowed = clauses.allowedAlways ? allFields : 0;
    for (const Clause &allow : clauses.allows) {
        if ((allow.fields & ~sets.allowed) != 0 && allow.matches(record, now))
            sets.allowed |= allow.fields;
    }
    return sets;
}

QStringList Policy::namesOf(const Subject &subject, quint64 fields)
{
    QStringList names;
    for (qsizetype i = 0; i < subject.attributes.size(); ++i)
        if (fields >> i & 1)
            names.append(subject.attributes[i].name);
    return names;
}

bool Policy::mayField(Ability ability, QStringView field, const Attributes &record, const Moment &now) const
{
    const int index = record.subject().indexOf(field);
    const FieldSets sets = fieldSets(ability, record, now);
    return index >= 0 && ((sets.allowed & ~sets.denied) >> index & 1) != 0;
}

QStringList Policy::forbiddenFields(Ability ability, const Attributes &record, const Moment &now) const
{
    const FieldSets sets = fieldSets(ability, record, now);
    return namesOf(record.subject(), sets.denied | ~sets.allowed);
}

QStringList Policy::hiddenFields(Ability ability, const Attributes &record, const Moment &now) const
{
    const FieldSets sets = fieldSets(ability, record, now);
    return namesOf(record.subject(), sets.allowed == 0 ? sets.denied : sets.denied | ~sets.allowed);
}

bool Policy::mayHide(Ability ability, QStringView field) const
{
    const Clauses &clauses = m_clauses[bit(ability)];
    const int index = clauses.subject ? clauses.subject->indexOf(field) : -1;
    const auto speaksOfIt = [&](const Clause &clause) { return (clause.fields >> index & 1) != 0; };
    if (index < 0)
        return false;
    return std::any_of(clauses.denies.begin() + std::ptrdiff_t(clauses.plainDenies), clauses.denies.end(), speaksOfIt)
        || (!clauses.allowedAlways && !std::all_of(clauses.allows.begin(), clauses.allows.end(), speaksOfIt));
}

} // namespace permissions
