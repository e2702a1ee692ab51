// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

// A name that points to a version of a template. Programs ask for the label and people move it.
struct TemplateLabel
{
    QString label; // small letters, digits and single hyphens
    int version = 0;
    std::optional<int> previousVersion; // to which a rollback leads; absent: there is nothing before
    QString note;
    std::optional<QUuid> authorId; // who moved it last
    QString authorName;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = TemplateLabel;
        return std::tuple{Field{"label", &T::label},
                          Field{"version", &T::version},
                          Field{"previousVersion",
                                &T::previousVersion,
                                {.doc = "To which a rollback leads; null: there is nothing before"}},
                          Field{"note", &T::note},
                          Field{"authorId", &T::authorId, {.doc = "Who moved it last"}},
                          Field{"authorName", &T::authorName},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct LabelMove
{
    int version = 0;
    QString note;

    static constexpr auto fields()
    {
        return std::tuple{
            Field{"version", &LabelMove::version, {.minimum = 1}},
            Field{"note", &LabelMove::note, {.doc = "Why, in a line", .maxLength = 500, .hasDefault = true}}};
    }
};

struct LabelRollback
{
    QString note;

    static constexpr auto fields()
    {
        return std::tuple{
            Field{"note", &LabelRollback::note, {.doc = "Why, in a line", .maxLength = 500, .hasDefault = true}}};
    }
};

enum class LabelAction { Set, Moved, RolledBack, Removed };
template<> inline constexpr auto enumNames<LabelAction> = std::to_array({"set", "moved", "rolledBack", "removed"});

// An entry of a label's history.
struct LabelChange
{
    QUuid id;
    LabelAction action = LabelAction::Set;
    std::optional<int> version; // after it; absent: the label was removed
    std::optional<int> previousVersion; // before it; absent: the label was set for the first time
    QString note;
    std::optional<QUuid> authorId;
    QString authorName;
    QDateTime createdAt;

    static constexpr auto fields()
    {
        using T = LabelChange;
        return std::tuple{Field{"id", &T::id},
                          Field{"action", &T::action},
                          Field{"version", &T::version, {.doc = "After it; null: the label was removed"}},
                          Field{"previousVersion", &T::previousVersion, {.doc = "Before it; null: there was none"}},
                          Field{"note", &T::note},
                          Field{"authorId", &T::authorId},
                          Field{"authorName", &T::authorName},
                          Field{"createdAt", &T::createdAt}};
    }
};

WIRE_TYPE(TemplateLabel)
WIRE_TYPE(LabelMove)
WIRE_TYPE(LabelRollback)
WIRE_TYPE(LabelChange)
