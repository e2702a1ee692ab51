// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/refusal_looks.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct RefusalLooks
{
    Q_DECLARE_TR_FUNCTIONS(RefusalLooks)
};

} // namespace

StatusLook lookOf(RefusedBy by)
{
    switch (by) {
    case RefusedBy::Limit:
        return {Tone::Warning, u"gauge"_s, RefusalLooks::tr("Limit", "what refused a call")};
    case RefusedBy::Budget:
        return {Tone::Danger, u"coins"_s, RefusalLooks::tr("Budget", "what refused a call")};
    case RefusedBy::Model:
        return {Tone::Violet, u"lock"_s, RefusalLooks::tr("Model not allowed")};
    case RefusedBy::Guardrail:
        break;
    }
    return {Tone::Info, u"shield-check"_s, RefusalLooks::tr("Content rule")};
}

QList<StatusLook> refusalLooks()
{
    QList<StatusLook> looks;
    for (std::size_t i = 0; i < enumNames<RefusedBy>.size(); ++i)
        looks << lookOf(RefusedBy(i));
    return looks;
}

QString shownDecider(const GatewayRefusal &refusal)
{
    if (!refusal.decidedByName.isEmpty())
        return refusal.decidedByName;
    return refusal.by == RefusedBy::Model ? RefusalLooks::tr("The models of the key, or the rights of its owner")
                                          : RefusalLooks::tr("The settings of the gateway");
}

QString whyRefused(const GatewayRefusal &refusal)
{
    switch (refusal.by) {
    case RefusedBy::Limit:
        return RefusalLooks::tr(
                   "The limit “%1” had let through as much as it may. All limits that match a call hold at "
                   "once: the first that is full decides.")
            .arg(shownDecider(refusal));
    case RefusedBy::Budget:
        return RefusalLooks::tr(
                   "The budget “%1” had less left than the call could have cost at most. That much is held "
                   "before a call is made, so that calls side by side cannot overspend; what was not needed "
                   "is given back after it.")
            .arg(shownDecider(refusal));
    case RefusedBy::Model:
        return RefusalLooks::tr("The key “%1” may not call %2: it is not among the models of the key, or its owner has "
                                "no right to it.")
            .arg(refusal.keyName, refusal.model);
    case RefusedBy::Guardrail:
        break;
    }
    return RefusalLooks::tr("What was sent, or what the model answered, broke a rule of the gateway's settings: “%1”. "
                            "The text itself is not kept here.")
        .arg(shownDecider(refusal));
}

QString whatHelps(const GatewayRefusal &refusal)
{
    switch (refusal.by) {
    case RefusedBy::Limit:
        return RefusalLooks::tr(
            "The program may try again when the minute is over, or when a running call has ended; "
            "the answer's Retry-After says when. If it happens often, raise the limit or spread the "
            "calls.");
    case RefusedBy::Budget:
        return RefusalLooks::tr(
            "Raise the budget, wait until it begins anew, or ask for shorter answers: the most that "
            "a call can cost follows from the most tokens it may be answered with.");
    case RefusedBy::Model:
        return RefusalLooks::tr("Add the model to the key, or call one of those it has.");
    case RefusedBy::Guardrail:
        break;
    }
    return RefusalLooks::tr("Change the text, or the rule in the settings of the gateway.");
}
