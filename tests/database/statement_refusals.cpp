// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once for each REFUSED number; each must be refused, and 0 must compile.
#include "server/database/statement.h"

#include <string>

template<class... Values> void run(database::Statement<sizeof...(Values)>, const Values &...) { }
template<class... Values> void runWhere(database::StatementWhere<sizeof...(Values)>, const Values &...) { }
void piece(database::SqlText) { }

void statements(const char *pointer, const std::string &text)
{
#if REFUSED == 0
    run("SELECT 1");
    run("SELECT $1, $2, $1", 1, 2);
    runWhere("SELECT $1 WHERE {where}", 1);
    piece(" OR ");
#elif REFUSED == 1
    run(pointer);
#elif REFUSED == 2
    run(text.c_str());
#elif REFUSED == 3
    run(text + " WHERE true");
#elif REFUSED == 4
    char buffer[] = "SELECT 1";
    run(buffer);
#elif REFUSED == 5
    run("SELECT $1");
#elif REFUSED == 6
    run("SELECT 1", 1);
#elif REFUSED == 7
    run("SELECT $1, $3", 1, 2);
#elif REFUSED == 8
    runWhere(text + " WHERE {where}");
#elif REFUSED == 9
    runWhere("SELECT 1");
#elif REFUSED == 10
    runWhere("SELECT {where} WHERE {where}");
#elif REFUSED == 11
    runWhere("SELECT $1 WHERE {where}");
#elif REFUSED == 12
    piece(pointer);
#elif REFUSED == 13
    piece(text.c_str());
#elif REFUSED == 14
    piece(" = $1");
#endif
    (void)pointer;
    (void)text;
}
