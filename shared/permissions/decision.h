// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/permissions/rule.h"

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QUuid>

enum class TraceKind { Plan, Role, CustomRole, Rule };
template<> inline constexpr auto enumNames<TraceKind> = std::to_array({"plan", "role", "customRole", "rule"});

// A test of a condition that came out against it.
struct FailedTest
{
    QString path; // "metadata.team"; empty: the whole
    QString test; // "$eq"
    QJsonValue expected;
    bool present = true; // false: the record has no such member
    QJsonValue actual;

    static constexpr auto fields()
    {
        using T = FailedTest;
        return std::tuple{Field{"path", &T::path}, Field{"operator", &T::test},
                          Field{"expected", &T::expected, {.doc = "With variables filled in", .hasDefault = true}},
                          Field{"present", &T::present, {.doc = "Whether the record has such a member"}},
                          Field{"actual", &T::actual, {.doc = "Null when not present", .hasDefault = true}}};
    }
};

// One role or rule that was looked at.
struct TraceStep
{
    TraceKind kind = TraceKind::Rule;
    std::optional<QUuid> id; // of a custom role or a rule
    QString name; // of a role; the reason of a rule
    RuleEffect effect = RuleEffect::Allow;
    bool matched = false;
    bool decided = false;
    QString why; // a sentence
    QList<FailedTest> failed; // of its condition, when that is why it did not match

    static constexpr auto fields()
    {
        using T = TraceStep;
        return std::tuple{Field{"kind", &T::kind},
                          Field{"id", &T::id},
                          Field{"name", &T::name, {.doc = "Of a role; the reason of a rule"}},
                          Field{"effect", &T::effect},
                          Field{"matched", &T::matched},
                          Field{"decided", &T::decided, {.doc = "The answer follows from this one"}},
                          Field{"why", &T::why, {.doc = "Why it matched or not"}},
                          Field{"failed", &T::failed}};
    }
};

// An answer and how it came about.
struct Decision
{
    Ability ability = Ability::Public;
    bool allowed = false;
    QString why; // a sentence
    QList<QString> forbiddenFields; // of what is allowed
    QList<TraceStep> trace;

    static constexpr auto fields()
    {
        using T = Decision;
        return std::tuple{Field{"ability", &T::ability}, Field{"allowed", &T::allowed}, Field{"why", &T::why},
                          Field{"forbiddenFields", &T::forbiddenFields, {.doc = "Of what is allowed"}},
                          Field{"trace", &T::trace, {.doc = "Every role and rule that was looked at"}}};
    }
};

WIRE_TYPE(FailedTest)
WIRE_TYPE(TraceStep)
WIRE_TYPE(Decision)
