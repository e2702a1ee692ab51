// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"
#include "shared/templates/draft.h"
#include "shared/templates/folder.h"

// What people have typed and not saved: each person's own, also of templates that are not made yet. Writes no audit log
// and no events: nobody else is concerned. No state, any thread.
class DraftService
{
public:
    explicit DraftService(Database &database) : m_database(database) { }

    enum class Of { Template, NothingYet };
    Page<TemplateDraft> list(const Caller &caller, const TemplatePageFilter &filter);
    TemplateDraft get(const Caller &caller, Of of, const QUuid &id);
    // `revision` is what the caller had seen; 412 where another of their windows has saved since.
    TemplateDraft put(const Caller &caller, Of of, const QUuid &id, const DraftInput &input,
                      std::optional<qint64> revision);
    void remove(const Caller &caller, Of of, const QUuid &id); // 404 where there is none

    static constexpr qint64 largest = 1024 * 1024; // bytes of content

private:
    Database &m_database;
};
