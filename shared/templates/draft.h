// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUuid>

// What a person has typed and not saved yet. Nobody else sees it.
struct TemplateDraft
{
    QUuid id; // of the template; of one not made yet, what the client chose
    std::optional<QUuid> templateId; // absent: a template not made yet
    QString title; // what a list shows: the template's name, or what was typed for one
    int baseVersion = 0; // the version it began from; 0: none
    std::optional<QJsonObject> content; // in the client's own form; absent in lists
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = TemplateDraft;
        return std::tuple{Field{"id", &T::id},
                          Field{"templateId", &T::templateId, {.doc = "null: a template not made yet"}},
                          Field{"title", &T::title},
                          Field{"baseVersion", &T::baseVersion},
                          Field{"content", &T::content, {.doc = "null in lists"}},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct DraftInput
{
    int baseVersion = 0;
    QString title;
    QJsonObject content;

    static constexpr auto fields()
    {
        using T = DraftInput;
        return std::tuple{
            Field{
                "baseVersion", &T::baseVersion, {.doc = "The version it began from", .minimum = 0, .hasDefault = true}},
            Field{"title", &T::title, {.doc = "Of a template not made yet", .maxLength = 120, .hasDefault = true}},
            Field{"content", &T::content, {.doc = "Kept as it is; at most 1 MiB"}}};
    }
};

WIRE_TYPE(TemplateDraft)
WIRE_TYPE(DraftInput)
