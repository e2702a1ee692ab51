// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_selection.h"

#include "server/usage/usage_pieces.h"

using namespace Qt::StringLiterals;
using UsageReader::Selection;

namespace UsageSelection {
namespace {

struct Attribute
{
    QLatin1StringView name;
    UsageCuts::Cut cut;
};
constexpr Attribute attributes[] = {
    {"model"_L1, UsageCuts::model},       {"userId"_L1, UsageCuts::user},         {"userName"_L1, UsageCuts::user},
    {"templateId"_L1, UsageCuts::prompt}, {"templateName"_L1, UsageCuts::prompt}, {"keyId"_L1, UsageCuts::key},
    {"keyName"_L1, UsageCuts::key},
};

void addAsked(Selection &selection, const permissions::Condition &condition)
{
    for (const auto &node : condition.nodes()) {
        if (node.slot < 0)
            continue;
        const QString &name = condition.subject().attributes[std::size_t(node.slot)].name;
        for (const Attribute &attribute : attributes)
            if (name == attribute.name)
                selection.asked |= attribute.cut;
        selection.asksForDays = selection.asksForDays || name == "day"_L1;
    }
}

// The person whose usage alone a condition lets through, where that is all it says: what most rules on usage do, and
// what makes their rows few.
std::optional<QUuid> onlyUser(const permissions::Condition &condition, bool denies)
{
    using Test = permissions::Condition::Test;
    auto nodes = condition.nodes();
    if (nodes.size() == 2 && nodes[0].test == Test::And)
        nodes = nodes.subspan(1);
    if (nodes.size() != 1 || nodes[0].test != Test::Eq || nodes[0].negated != denies || nodes[0].isNow
        || nodes[0].slot < 0 || nodes[0].keyCount > 0 || nodes[0].operand.kind != permissions::Value::Text
        || condition.subject().attributes[std::size_t(nodes[0].slot)].name != "userId"_L1)
        return std::nullopt;
    const QUuid id = QUuid::fromString(nodes[0].operand.view());
    return id.isNull() ? std::nullopt : std::optional(id);
}

} // namespace

void addRules(Selection &selection, const Caller &caller)
{
    selection.rows = Access::rows<UsageRow>(caller, Ability::UsageRead);
    if (Access::seesAll(caller, Ability::UsageRead))
        return;
    const auto now = permissions::Moment::current();
    const auto &denies = caller.policy->denies(Ability::UsageRead), &allows = caller.policy->allows(Ability::UsageRead);
    for (const auto *clauses : {&denies, &allows})
        for (const permissions::Policy::Clause &clause : *clauses) {
            if (!clause.condition)
                continue;
            addAsked(selection, *clause.condition);
            const bool isTheOnlyOne = clauses == &denies || allows.size() == 1;
            if (isTheOnlyOne && clause.fields == permissions::Policy::allFields && clause.appliesAt(now)
                && !selection.userId)
                selection.userId = onlyUser(*clause.condition, clauses == &denies);
        }
}

void untilNow(Selection &selection)
{
    if (selection.to >= QDateTime::currentDateTimeUtc())
        selection.to = UsagePieces::roundedUp(UsageCuts::Period::Month, selection.to);
}

} // namespace UsageSelection
