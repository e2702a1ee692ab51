// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"
#include "shared/templates/template.h"

// The rules of templates. No state, any thread.
class TemplateService
{
public:
    explicit TemplateService(Database &database) : m_database(database) { }

    Page<PromptTemplate> list(const Caller &caller, const TemplateFilter &filter);
    TemplateDetail get(const Caller &caller, const QUuid &id);
    TemplateDetail create(const Caller &caller, const NewTemplate &input);
    // `revision` is what the caller had seen; another one by now is refused with 412.
    TemplateDetail update(const Caller &caller, const QUuid &id, const TemplateChange &change,
                          std::optional<qint64> revision);
    void remove(const Caller &caller, const QUuid &id, std::optional<qint64> revision);

    struct Saved
    {
        TemplateVersion version;
        bool isNew = true;
    };
    // What equals the latest version, its note included, is that version: a save that is sent twice makes one.
    // Otherwise a base version that is not the latest any more is refused with 412.
    Saved saveVersion(const Caller &caller, const QUuid &id, const NewTemplateVersion &input);
    Page<TemplateVersion> versions(const Caller &caller, const QUuid &id, const VersionFilter &filter);
    TemplateVersion version(const Caller &caller, const QUuid &id, int version);

private:
    Database &m_database;
};
