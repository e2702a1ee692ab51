// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

// What a tenant decides for all of its people.
struct TenantSettings
{
    bool requireSecondFactor = false;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = TenantSettings;
        return std::tuple{Field{"requireSecondFactor",
                                &T::requireSecondFactor,
                                {.doc = "Whoever has no second factor can only set one up"}},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

// What stays absent stays as it is.
struct TenantSettingsChange
{
    std::optional<bool> requireSecondFactor;

    static constexpr auto fields()
    {
        return std::tuple{Field{"requireSecondFactor", &TenantSettingsChange::requireSecondFactor}};
    }
};

WIRE_TYPE(TenantSettings)
WIRE_TYPE(TenantSettingsChange)
