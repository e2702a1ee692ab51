// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/caller.h"

#include "shared/permissions/policy.h"

Abilities programAbilities()
{
    Abilities abilities;
    for (const Ability ability : {Ability::EvaluationsRead, Ability::EvaluationsCreate, Ability::EvaluationsUpdate,
                                  Ability::EvaluationsRun, Ability::TemplatesRead})
        abilities.set(bit(ability));
    return abilities;
}

bool Caller::may(Ability needed) const
{
    if (needed == Ability::Public)
        return true;
    if (isProgram && !programAbilities().test(bit(needed)))
        return false;
    if (needsSecondFactor) // whatever roles and rules say
        return abilities.test(bit(needed));
    return policy ? policy->mayAny(needed) : abilities.test(bit(needed));
}
