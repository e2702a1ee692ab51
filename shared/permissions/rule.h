// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/permissions/ability.h"
#include "shared/permissions/rule_hours.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

enum class RuleEffect { Allow, Deny };
template<> inline constexpr auto enumNames<RuleEffect> = std::to_array({"allow", "deny"});

enum class RuleWhoKind { Everyone, User, Role, CustomRole, GatewayKey };
template<>
inline constexpr auto enumNames<RuleWhoKind> = std::to_array({"everyone", "user", "role", "customRole", "gatewayKey"});

// Whom a rule speaks of.
struct RuleWho
{
    RuleWhoKind kind = RuleWhoKind::Everyone;
    QString value; // the id of a user, custom role or gateway key, the name of a built-in role; empty: everyone

    static constexpr auto fields()
    {
        using T = RuleWho;
        return std::tuple{
            Field{"kind", &T::kind},
            Field{"value",
                  &T::value,
                  {.doc = "The id of a user, custom role or gateway key, or the name of a built-in role; empty for "
                          "everyone",
                   .maxLength = 60,
                   .hasDefault = true}}};
    }
};

// What a tenant adds to the roles while the system runs.
struct RuleInput
{
    RuleEffect effect = RuleEffect::Allow;
    QList<RuleWho> who; // any of them
    QList<QString> actions; // "update", or "*" for all that the subject has
    QString subject; // "templates"
    std::optional<QJsonObject> conditions; // as in CASL; absent: always
    std::optional<QList<QString>> onlyFields; // absent: all
    std::optional<QDateTime> validFrom;
    std::optional<QDateTime> validUntil; // the moment after the last
    QString reason;
    bool enabled = true;
    std::optional<RuleHours> hours = {}; // absent: the whole day

    static constexpr auto fields()
    {
        using T = RuleInput;
        return std::tuple{
            Field{"effect", &T::effect},
            Field{"who", &T::who, {.doc = "Any of them", .minLength = 1, .maxLength = 50}},
            Field{"actions",
                  &T::actions,
                  {.doc = "Actions of the subject, or * for all", .minLength = 1, .maxLength = 20}},
            Field{"subject", &T::subject, {.doc = "templates, jobs, users …", .minLength = 1, .maxLength = 60}},
            Field{"conditions",
                  &T::conditions,
                  {.doc = "On the subject's attributes, with the operators of CASL and MongoDB; always when absent"}},
            Field{"fields",
                  &T::onlyFields,
                  {.doc = "The only fields that the rule speaks of; all when absent", .minLength = 1, .maxLength = 50}},
            Field{"validFrom", &T::validFrom},
            Field{"validUntil", &T::validUntil, {.doc = "The moment after the last"}},
            Field{"reason", &T::reason, {.doc = "Shown to whom it refuses", .maxLength = 500, .hasDefault = true}},
            Field{"enabled", &T::enabled, {.hasDefault = true}},
            Field{"hours", &T::hours, {.doc = "When in the day it applies; always when absent"}}};
    }
};

struct Rule
{
    QUuid id;
    RuleEffect effect = RuleEffect::Allow;
    QList<RuleWho> who;
    QList<QString> actions;
    QString subject;
    std::optional<QJsonObject> conditions;
    std::optional<QList<QString>> onlyFields;
    std::optional<QDateTime> validFrom;
    std::optional<QDateTime> validUntil;
    QString reason;
    bool enabled = true;
    std::optional<RuleHours> hours;
    QDateTime createdAt;
    QDateTime updatedAt;
    std::optional<QUuid> authorId;
    QString authorName;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Rule;
        return std::tuple{Field{"id", &T::id},
                          Field{"effect", &T::effect},
                          Field{"who", &T::who},
                          Field{"actions", &T::actions},
                          Field{"subject", &T::subject},
                          Field{"conditions", &T::conditions},
                          Field{"fields", &T::onlyFields},
                          Field{"validFrom", &T::validFrom},
                          Field{"validUntil", &T::validUntil},
                          Field{"reason", &T::reason},
                          Field{"enabled", &T::enabled},
                          Field{"hours", &T::hours},
                          Field{"createdAt", &T::createdAt},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"authorId", &T::authorId},
                          Field{"authorName", &T::authorName},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

// The abilities that a rule speaks of; unknown names count for nothing.
Abilities abilitiesOf(const QList<QString> &actions, const QString &subject);

Rule ruleOf(const RuleInput &input); // a draft: without id and author
RuleInput inputOf(const Rule &rule);

// What is wrong with a rule, beyond the limits of its members: names that do not exist, conditions that cannot be
// evaluated. Empty: it may be saved, as far as the evaluator is concerned.
QList<json::Problem> checkRule(const RuleInput &rule);

WIRE_TYPE(RuleWho)
WIRE_TYPE(RuleInput)
WIRE_TYPE(Rule)
