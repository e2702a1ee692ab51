// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/templates/bundle.h"

#include <functional>

// Templates out of a tenant and in. No state, any thread.
class BundleService
{
public:
    BundleService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    // 409 for more than 1,000 templates or 64 Mi characters. Refused to who may not see every field of templates.
    TemplateBundle exported(const Caller &caller, const ExportFilter &filter);
    // In one transaction, which is undone where anything is refused, and after a dry run.
    ImportReport imported(const Caller &caller, const ImportRequest &request);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
