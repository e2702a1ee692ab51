// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/policy.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace permissions {

TraceStep Policy::traceOf(const Source &source, const Attributes *record, const Moment &now) const
{
    TraceStep step = source.step;
    const Clause &clause = source.clause;
    const bool isDeny = step.effect == RuleEffect::Deny;
    if (!source.applies)
        return step;
    if (now.msecs() < clause.validFrom) {
        step.why = u"It is not valid yet."_s;
    } else if (now.msecs() >= clause.validUntil) {
        step.why = u"It is not valid any more."_s;
    } else if (!clause.appliesAt(now)) {
        step.why = u"It does not apply at this time of the day."_s;
    } else if (!record && clause.condition && isDeny) {
        step.why = u"It forbids some things only."_s;
    } else if (clause.fields != allFields && isDeny) {
        step.why = u"It forbids some fields only."_s;
    } else if (record && clause.condition && !clause.condition->matches(*record, now)) {
        step.why = u"Its condition does not hold."_s;
        step.failed = clause.condition->failures(*record, now);
    } else {
        step.matched = true;
        if (step.why.isEmpty())
            step.why = step.kind != TraceKind::Rule ? u"The role includes it."_s
                : !clause.condition                 ? u"It has no condition."_s
                : record                            ? u"Its condition holds."_s
                                                    : u"It allows some things."_s;
    }
    return step;
}

Decision Policy::explain(Ability ability, const Attributes *record, const Moment &now) const
{
    Decision decision;
    decision.ability = ability;
    const QString name = json::name(ability);
    if (!subjectOf(ability)) {
        decision.allowed = true;
        decision.why = u"“%1” is for everybody."_s.arg(name);
        return decision;
    }
    TraceStep plan;
    plan.kind = TraceKind::Plan;
    plan.matched = plan.decided = !inCeiling(ability);
    plan.effect = plan.matched ? RuleEffect::Deny : RuleEffect::Allow;
    plan.name = subjectOf(ability)->name;
    plan.why =
        plan.matched ? u"The plan does not include %1."_s.arg(plan.name) : u"The plan includes %1."_s.arg(plan.name);
    decision.trace.append(plan);
    if (plan.matched) {
        decision.why = plan.why;
        return decision;
    }

    for (const Source &source : m_sources)
        if (source.abilities.test(bit(ability)))
            decision.trace.append(traceOf(source, record, now));
    const auto firstOf = [&](RuleEffect effect) {
        return std::find_if(decision.trace.begin() + 1, decision.trace.end(),
                            [&](const TraceStep &step) { return step.matched && step.effect == effect; });
    };
    auto decider = firstOf(RuleEffect::Deny);
    if (decider == decision.trace.end())
        decider = firstOf(RuleEffect::Allow);
    if (decider == decision.trace.end()) {
        decision.why = u"No role and no rule allows “%1” here."_s.arg(name);
        return decision;
    }
    decider->decided = true;
    decision.allowed = decider->effect == RuleEffect::Allow;
    decision.why = decider->kind == TraceKind::Rule
        ? (decision.allowed ? u"A rule allows it."_s : u"A rule forbids it."_s)
        : u"The role “%1” allows it."_s.arg(decider->name);
    if (decision.allowed && record)
        decision.forbiddenFields = forbiddenFields(ability, *record, now);
    return decision;
}

} // namespace permissions
