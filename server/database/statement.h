// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <type_traits>

namespace database {

// Deliberately not constexpr: reaching it while compiling stops the build with its name in the message.
void statementDoesNotUseAsManyValuesAsAreBound();

// The text of one SQL statement: a string literal with a parameter $n for each bound value, both checked while
// compiling. A string made at run time is not accepted, so no SQL is put together from strings. The address of the
// literal identifies the statement.
template<std::size_t values> class Statement
{
public:
    template<class Text>
        requires std::is_convertible_v<const Text &, const char *>
    consteval Statement(const Text &text) : m_text(text)
    {
        if (highestParameter(m_text) != values)
            statementDoesNotUseAsManyValuesAsAreBound();
    }

    const char *text() const { return m_text; }

private:
    static consteval std::size_t highestParameter(const char *sql)
    {
        std::size_t highest = 0;
        for (; *sql; ++sql) {
            if (*sql != '$')
                continue;
            std::size_t number = 0;
            for (; sql[1] >= '0' && sql[1] <= '9'; ++sql)
                number = number * 10 + std::size_t(sql[1] - '0');
            highest = number > highest ? number : highest;
        }
        return highest;
    }

    const char *m_text;
};

} // namespace database
