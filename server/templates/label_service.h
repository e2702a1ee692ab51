// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/http/page.h"
#include "shared/templates/folder.h"
#include "shared/templates/label.h"
#include "shared/templates/template.h"

#include <functional>

// The labels of templates. Each move is one transaction with its history, its entry in the audit log and its event; the
// template is locked meanwhile, so that moves follow one another. No state, any thread.
class LabelService
{
public:
    LabelService(Database &database, std::function<void()> changed)
        : m_database(database),
          m_changed(std::move(changed))
    {
    }

    Page<TemplateLabel> list(const Caller &caller, const QUuid &id, const TemplatePageFilter &filter);
    Page<LabelChange> history(const Caller &caller, const QUuid &id, const QString &label,
                              const TemplatePageFilter &filter);

    // `revision` is what the caller had seen of the label; another one by now, or none, is refused with 412. To where
    // it stands already changes nothing.
    struct Moved
    {
        TemplateLabel label;
        bool isNew = false;
    };
    Moved move(const Caller &caller, const QUuid &id, const QString &label, const LabelMove &input,
               std::optional<qint64> revision);
    // To the version before, and once more to the one before that; 409 where there is none.
    TemplateLabel rollBack(const Caller &caller, const QUuid &id, const QString &label, const LabelRollback &input,
                           std::optional<qint64> revision);
    void remove(const Caller &caller, const QUuid &id, const QString &label, std::optional<qint64> revision);

    // Within a transaction that has made the template: where a label stands at first.
    static void setIn(Transaction &tx, const Caller &caller, const PromptTemplate &subject, const LabelPlace &place);

private:
    Database &m_database;
    const std::function<void()> m_changed;
};
