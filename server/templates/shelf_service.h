// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"
#include "shared/templates/folder.h"

#include <functional>

// Where templates are kept: folders and tags. No state, any thread.
class ShelfService
{
public:
    ShelfService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    // Of the templates that the caller may read.
    Page<TemplateFolder> folders(const Caller &caller, const TemplatePageFilter &filter);
    Page<TemplateTag> tags(const Caller &caller, const TemplatePageFilter &filter);
    // All templates in the folder, or none where one may not be changed; 10,000 at most.
    FolderMoved move(const Caller &caller, const FolderMove &input);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
