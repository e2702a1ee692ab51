// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <functional>
#include <type_traits>

namespace database {

// One member of each row, to be bound as an array for unnest(): column(rows, &Row::name). Also takes a function of a
// row.
template<class Row, class Get> auto column(const QList<Row> &rows, Get &&get)
{
    QList<std::decay_t<std::invoke_result_t<Get &, const Row &>>> values;
    values.reserve(rows.size());
    for (const Row &row : rows)
        values.append(std::invoke(get, row));
    return values;
}

} // namespace database
