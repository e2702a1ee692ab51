// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace database {

// Deliberately not constexpr: reaching one while compiling stops the build with its name in the message.
void statementDoesNotUseAsManyValuesAsAreBound();
void statementNeedsThePlaceOfAFragmentOnce();
void fragmentsNumberTheirParametersThemselves();

namespace detail {

consteval std::size_t highestParameter(const char *sql)
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

inline constexpr std::string_view fragmentPlace = "{where}";

} // namespace detail

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
        if (detail::highestParameter(m_text) != values)
            statementDoesNotUseAsManyValuesAsAreBound();
    }

    const char *text() const { return m_text; }

private:
    const char *m_text;
};

// A statement with {where} in the place of a Fragment; $1, $2, … are the values bound besides that.
template<std::size_t values> class StatementWhere
{
public:
    template<class Text>
        requires std::is_convertible_v<const Text &, const char *>
    consteval StatementWhere(const Text &text) : m_text(text)
    {
        const std::string_view all = m_text;
        const std::size_t place = all.find(detail::fragmentPlace);
        if (place == all.npos || all.find(detail::fragmentPlace, place + 1) != all.npos)
            statementNeedsThePlaceOfAFragmentOnce();
        if (detail::highestParameter(m_text) != values)
            statementDoesNotUseAsManyValuesAsAreBound();
    }

    const char *text() const { return m_text; }

private:
    const char *m_text;
};

// A piece of SQL for a Fragment: a string literal without parameters.
class SqlText
{
public:
    consteval SqlText() : m_text("") { }
    template<class Text>
        requires std::is_convertible_v<const Text &, const char *>
    consteval SqlText(const Text &text) : m_text(text)
    {
        if (detail::highestParameter(m_text) != 0)
            fragmentsNumberTheirParametersThemselves();
    }

    constexpr const char *text() const { return m_text; }

private:
    const char *m_text;
};

} // namespace database
