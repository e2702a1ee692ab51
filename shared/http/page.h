// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <QList>
#include <QString>

// Part of a long list. Ask again with cursor = nextCursor until it is absent.
template<class Row> struct Page
{
    QList<Row> items;
    std::optional<QString> nextCursor;

    static constexpr auto fields()
    {
        return std::tuple{Field{"items", &Page::items}, Field{"nextCursor", &Page::nextCursor}};
    }
};
