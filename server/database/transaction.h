// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/fragment.h"
#include "server/database/sql_values.h"
#include "server/database/statement.h"

namespace database {
class Session;
}

// One open transaction. SQL is a literal and values are bound to $1, $2, … (the types: sql_values.h). Rows become
// structs by column name (latestVersion is read from latest_version), or scalars from the first column.
//
// A refusal by PostgreSQL is thrown as pqxx::sql_error; stores catch only a named constraint (pqxx::unique_violation
// …), to throw an ApiError that says it in words. After any refusal the transaction can only be rolled back.
class Transaction
{
public:
    explicit Transaction(database::Session &session) : m_session(session) { }
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    // Exactly one row, or std::logic_error.
    template<class T, class... Values> T one(database::Statement<sizeof...(Values)> sql, const Values &...values)
    {
        const pqxx::result rows = execute(sql.text(), values...);
        requireRows(sql.text(), rows, 1, 1);
        return database::sql::RowReader<T>(rows).row(0);
    }

    // One row or none; more throw std::logic_error.
    template<class T, class... Values>
    std::optional<T> maybe(database::Statement<sizeof...(Values)> sql, const Values &...values)
    {
        const pqxx::result rows = execute(sql.text(), values...);
        requireRows(sql.text(), rows, 0, 1);
        if (rows.empty())
            return std::nullopt;
        return database::sql::RowReader<T>(rows).row(0);
    }

    // All rows, held in memory: give queries a LIMIT.
    template<class T, class... Values> QList<T> all(database::Statement<sizeof...(Values)> sql, const Values &...values)
    {
        return rowsOf<T>(execute(sql.text(), values...));
    }

    // The same with a condition that is known only at run time, in the place of {where}.
    template<class T, class... Values>
    QList<T> allWhere(database::StatementWhere<sizeof...(Values)> sql, const database::Fragment &where,
                      const Values &...values)
    {
        return rowsOf<T>(executeWhere(sql.text(), where, values...));
    }
    template<class T, class... Values>
    T oneWhere(database::StatementWhere<sizeof...(Values)> sql, const database::Fragment &where,
               const Values &...values)
    {
        const pqxx::result rows = executeWhere(sql.text(), where, values...);
        requireRows(sql.text(), rows, 1, 1);
        return database::sql::RowReader<T>(rows).row(0);
    }

    // The number of rows inserted, updated, deleted or selected.
    template<class... Values> qint64 run(database::Statement<sizeof...(Values)> sql, const Values &...values)
    {
        return qint64(execute(sql.text(), values...).affected_rows());
    }

private:
    template<class T> static QList<T> rowsOf(const pqxx::result &rows)
    {
        const database::sql::RowReader<T> reader(rows);
        QList<T> list;
        list.reserve(qsizetype(rows.size()));
        for (int row = 0; row < int(rows.size()); ++row)
            list.append(reader.row(row));
        return list;
    }
    template<class... Values>
    pqxx::result executeWhere(const char *sql, const database::Fragment &where, const Values &...values)
    {
        database::Parameters parameters;
        (database::sql::bind(parameters, values), ...);
        return execute(sql, where, sizeof...(Values), std::move(parameters));
    }
    template<class... Values> pqxx::result execute(const char *sql, const Values &...values)
    {
        database::Parameters parameters;
        (database::sql::bind(parameters, values), ...);
        return execute(sql, std::move(parameters));
    }
    pqxx::result execute(const char *sql, database::Parameters &&parameters);
    pqxx::result execute(const char *sql, const database::Fragment &where, std::size_t values,
                         database::Parameters &&parameters);
    static void requireRows(const char *sql, const pqxx::result &rows, int least, int most);

    database::Session &m_session;
};
