// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QString>

// A folder exists as long as a template is in it.
struct TemplateFolder
{
    QString folder; // "support/refunds"; empty: top
    qint64 templates = 0; // in it
    qint64 total = 0; // in it and in the folders within

    static constexpr auto fields()
    {
        using T = TemplateFolder;
        return std::tuple{Field{"folder", &T::folder}, Field{"templates", &T::templates, {.doc = "In it"}},
                          Field{"total", &T::total, {.doc = "In it and in the folders within"}}};
    }
};

// Renames or moves a folder with all that is in it; into one that exists, it joins that one.
struct FolderMove
{
    QString from;
    QString to;

    static constexpr auto fields()
    {
        return std::tuple{Field{"from", &FolderMove::from, {.minLength = 1, .maxLength = 200}},
                          Field{"to", &FolderMove::to, {.doc = "Empty: to the top", .maxLength = 200}}};
    }
};

struct FolderMoved
{
    QString from;
    QString to;
    qint64 templates = 0; // that were moved

    static constexpr auto fields()
    {
        using T = FolderMoved;
        return std::tuple{Field{"from", &T::from}, Field{"to", &T::to}, Field{"templates", &T::templates}};
    }
};

struct TemplateTag
{
    QString tag;
    qint64 templates = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"tag", &TemplateTag::tag}, Field{"templates", &TemplateTag::templates}};
    }
};

// Of folders, tags and labels' histories.
struct TemplatePageFilter
{
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = TemplatePageFilter;
        return std::tuple{Field{"limit", &T::limit, {.minimum = 1, .maximum = 1000}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(TemplateFolder)
WIRE_TYPE(FolderMove)
WIRE_TYPE(FolderMoved)
WIRE_TYPE(TemplateTag)
WIRE_TYPE(TemplatePageFilter)
