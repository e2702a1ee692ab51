// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/transaction.h"

#include "server/database/session.h"

pqxx::result Transaction::execute(const char *sql, database::Parameters &&parameters)
{
    return m_session.run(sql, std::move(parameters));
}

pqxx::result Transaction::execute(const char *sql, const database::Fragment &where, std::size_t values,
                                  database::Parameters &&parameters)
{
    constexpr std::string_view place = database::detail::fragmentPlace;
    std::string text = sql;
    text.replace(text.find(place), place.size(), where.text(values));
    where.bind(parameters);
    return m_session.runOnce(text, std::move(parameters));
}

void Transaction::requireRows(const char *sql, const pqxx::result &rows, int least, int most)
{
    const int count = int(rows.size());
    if (count < least || count > most)
        throw std::logic_error("the statement gave " + std::to_string(count) + " rows: " + sql);
}
