// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/config.h"
#include "shared/json/fields.h"

// One thing that was looked at: what is so, or what is wrong and how to mend it.
struct Finding
{
    QString subject;
    bool good = true;
    QString detail;

    static constexpr auto fields()
    {
        return std::tuple{Field{"subject", &Finding::subject}, Field{"good", &Finding::good},
                          Field{"detail", &Finding::detail}};
    }
};

// Looks at everything that a start of the server needs, without changing anything but an embedded PostgreSQL's running
// state: it is started and stopped when no server uses the data folder. Blocks.
QList<Finding> examine(const Config &config);
