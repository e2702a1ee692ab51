// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/caller.h"

#include "shared/permissions/policy.h"

bool Caller::may(Ability needed) const
{
    if (needed == Ability::Public)
        return true;
    if (needsSecondFactor) // whatever roles and rules say
        return abilities.test(bit(needed));
    return policy ? policy->mayAny(needed) : abilities.test(bit(needed));
}
