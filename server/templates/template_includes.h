// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/jobs/job.h"
#include "shared/templates/renderer.h"

// What the texts of a template include, {{> slug}} with a label or version or without, as it stands now: labels and
// latest versions are looked up here and nowhere later.
struct TemplateIncludes
{
    templates::Partials texts; // of all that is reached: reference → user prompt
    QList<UsedTemplate> used; // by slug and version, each once
    QHash<QString, QUuid> ids; // of what the texts themselves name and is there: reference → template
    QHash<QString, QString> broken; // of these: what is wrong with it

    // The references of all texts of a version, each once.
    template<class Version> static QStringList referencesIn(const Version &version)
    {
        QStringList all;
        const auto add = [&](const QString &text) {
            if (text.contains(u'>'))
                for (const QString &one : templates::PromptText::parse(text).references())
                    if (!all.contains(one))
                        all.append(one);
        };
        add(version.systemPrompt);
        add(version.userPrompt);
        for (const ExampleTurn &turn : version.examples) {
            add(turn.user);
            add(turn.assistant);
        }
        return all;
    }

    // By one query for each level. `root` is the template whose version this is: to reach it again is a cycle.
    static TemplateIncludes resolve(Transaction &tx, const QStringList &references, const std::optional<QUuid> &root);
    // Marks as broken what the caller may not read, as if it were not there.
    void hideUnreadable(Transaction &tx, const Caller &caller);
};
