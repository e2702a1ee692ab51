// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"
#include "shared/templates/rendering.h"
#include "shared/templates/template.h"

#include <functional>

struct TemplateIncludes;

// The rules of templates. No state, any thread.
class TemplateService
{
public:
    // `changed` is called after a commit with events.
    explicit TemplateService(Database &database, std::function<void()> changed = {})
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    Page<PromptTemplate> list(const Caller &caller, const TemplateFilter &filter);
    TemplateDetail get(const Caller &caller, const QUuid &id);
    TemplateDetail create(const Caller &caller, const NewTemplate &input);
    // `revision` is what the caller had seen; another one by now is refused with 412. The slug of a template that
    // others include stays.
    TemplateDetail update(const Caller &caller, const QUuid &id, const TemplateChange &change,
                          std::optional<qint64> revision);
    // Refused with 409 while other templates include it.
    void remove(const Caller &caller, const QUuid &id, std::optional<qint64> revision);
    TemplateDetail restore(const Caller &caller, const QUuid &id, const TemplateRestore &input);
    TemplateDetail duplicate(const Caller &caller, const QUuid &id, const TemplateCopy &input);
    Page<TemplateUse> usedBy(const Caller &caller, const QUuid &id, std::optional<int> limit,
                             const std::optional<QString> &cursor);

    struct Saved
    {
        TemplateVersion version;
        bool isNew = true;
    };
    // What equals the latest version, its note included, is that version: a save that is sent twice makes one.
    // Otherwise a base version that is not the latest any more is refused with 412, which carries a VersionConflict.
    Saved saveVersion(const Caller &caller, const QUuid &id, const NewTemplateVersion &input);
    Page<TemplateVersion> versions(const Caller &caller, const QUuid &id, const VersionFilter &filter);
    TemplateVersion version(const Caller &caller, const QUuid &id, int version);

    // Within a transaction that does more: makes a template with its first version, or adds one to a locked template.
    // Both write the audit log and an event.
    static TemplateDetail createIn(Transaction &tx, const Caller &caller, const NewTemplate &input,
                                   const QString &versionAt = QStringLiteral("/version"));
    static TemplateVersion addVersionIn(Transaction &tx, const Caller &caller, const PromptTemplate &subject,
                                        const NewTemplateVersion &input, const QString &at);

private:
    void changed() const
    {
        if (m_changed)
            m_changed();
    }

    Database &m_database;
    const std::function<void()> m_changed;
};
