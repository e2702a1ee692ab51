// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"

#include <functional>

// What a call is refused with; status 0 when it is not refused.
inline ApiError refusalOf(const std::function<void()> &call)
{
    try {
        call();
    } catch (const ApiError &error) {
        return error;
    }
    ApiError none;
    none.status = 0;
    return none;
}
