// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/custom_role.h"
#include "shared/permissions/decision.h"
#include "shared/permissions/role.h"
#include "shared/permissions/rule.h"
#include "shared/permissions/subject.h"

// What travels about permissions beside rules and roles themselves.

struct RuleFilter
{
    std::optional<QString> search;
    std::optional<QString> subject;
    std::optional<RuleEffect> effect;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = RuleFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the reason", .maxLength = 200}},
                          Field{"subject", &T::subject, {.maxLength = 60}}, Field{"effect", &T::effect},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

// A role that the code knows.
struct BuiltInRole
{
    Role name = Role::Viewer;
    QList<Ability> abilities;

    static constexpr auto fields()
    {
        using T = BuiltInRole;
        return std::tuple{Field{"name", &T::name}, Field{"abilities", &T::abilities}};
    }
};

// What rules and roles are made of.
struct PermissionCatalogue
{
    QList<Subject> subjects;
    QList<BuiltInRole> roles;
    std::optional<QList<QString>> plan;

    static constexpr auto fields()
    {
        using T = PermissionCatalogue;
        return std::tuple{Field{"subjects", &T::subjects}, Field{"roles", &T::roles},
                          Field{"plan", &T::plan, {.doc = "The subjects that the tenant's plan allows; null: all"}}};
    }
};

// What the caller may do, in the form that the evaluator reads.
struct EffectivePermissions
{
    QUuid userId;
    QList<Role> roles;
    QList<CustomRole> customRoles;
    QJsonObject attributes;
    std::optional<QList<QString>> plan;
    QList<Rule> rules; // those that name this person, one of their roles, or everyone
    QList<Ability> abilities; // at this moment, on some record at least

    static constexpr auto fields()
    {
        using T = EffectivePermissions;
        return std::tuple{
            Field{"userId", &T::userId},
            Field{"roles", &T::roles},
            Field{"customRoles", &T::customRoles},
            Field{"attributes", &T::attributes},
            Field{"plan", &T::plan, {.doc = "The subjects that the tenant's plan allows; null: all"}},
            Field{"rules", &T::rules, {.doc = "Those that speak of the caller"}},
            Field{"abilities", &T::abilities, {.doc = "Allowed at this moment, of some record at least"}}};
    }
};

// A question to the evaluator: may this person do that, to this record?
struct ExplainRequest
{
    std::optional<QUuid> userId; // absent: the caller
    Ability ability = Ability::Public;
    std::optional<QUuid> subjectId; // a record that exists
    std::optional<QJsonObject> attributes; // or one that is made up

    static constexpr auto fields()
    {
        using T = ExplainRequest;
        return std::tuple{Field{"userId", &T::userId, {.doc = "The caller when absent"}}, Field{"ability", &T::ability},
                          Field{"subjectId", &T::subjectId, {.doc = "Of a record that exists"}},
                          Field{"attributes", &T::attributes, {.doc = "Of a record that is made up"}}};
    }
};

// How much of a subject somebody may do something to.
enum class Reach { None, Some, All };
template<> inline constexpr auto enumNames<Reach> = std::to_array({"none", "some", "all"});

// A draft, and what it would take the place of.
struct SimulateRequest
{
    std::optional<RuleInput> rule; // absent: the removal of `replaces`
    std::optional<QUuid> replaces;

    static constexpr auto fields()
    {
        using T = SimulateRequest;
        return std::tuple{Field{"rule", &T::rule, {.doc = "The draft; absent to see the removal of `replaces`"}},
                          Field{"replaces", &T::replaces, {.doc = "The rule that it takes the place of"}}};
    }
};

struct PermissionChange
{
    QUuid userId;
    QString userName;
    Ability ability = Ability::Public;
    Reach before = Reach::None;
    Reach after = Reach::None;

    static constexpr auto fields()
    {
        using T = PermissionChange;
        return std::tuple{Field{"userId", &T::userId}, Field{"userName", &T::userName}, Field{"ability", &T::ability},
                          Field{"before", &T::before}, Field{"after", &T::after}};
    }
};

struct Simulation
{
    int people = 0; // looked at
    int affected = 0; // of them
    QList<PermissionChange> changes;
    bool truncated = false;

    static constexpr auto fields()
    {
        using T = Simulation;
        return std::tuple{Field{"people", &T::people, {.doc = "How many were looked at"}},
                          Field{"affected", &T::affected, {.doc = "How many of them would gain or lose something"}},
                          Field{"changes", &T::changes},
                          Field{"truncated", &T::truncated, {.doc = "There are more changes than are listed"}}};
    }
};

WIRE_TYPE(RuleFilter)
WIRE_TYPE(BuiltInRole)
WIRE_TYPE(PermissionCatalogue)
WIRE_TYPE(EffectivePermissions)
WIRE_TYPE(ExplainRequest)
WIRE_TYPE(SimulateRequest)
WIRE_TYPE(PermissionChange)
WIRE_TYPE(Simulation)
