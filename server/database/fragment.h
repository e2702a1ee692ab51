// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/sql_values.h"
#include "server/database/statement.h"

#include <initializer_list>

namespace database {

// SQL for a place within a statement, put together at run time from literals and bound values alone. Its parameters get
// their numbers when it is put into the statement (Transaction::allWhere).
class Fragment
{
public:
    // A literal, or another fragment, within Fragment::of({…}).
    class Part
    {
    public:
        template<class Text>
            requires std::is_convertible_v<const Text &, const char *>
        consteval Part(const Text &text) : Part(SqlText(text)) { }
        constexpr Part(SqlText text) : m_text(text.text()) { }
        Part(const Fragment &fragment) : m_fragment(&fragment) { }

    private:
        friend class Fragment;
        const char *m_text = nullptr;
        const Fragment *m_fragment = nullptr;
    };

    // Fragment::of({"(", column, " = ", Fragment::bound(value), ")"})
    static Fragment of(std::initializer_list<Part> parts);
    void append(std::initializer_list<Part> parts);

    template<class T> static Fragment bound(const T &value)
    {
        Fragment fragment;
        if constexpr (sql::isList<T>)
            fragment.m_pieces.push_back({typeOf<typename T::value_type>(true), sql::arrayText(value)});
        else
            fragment.m_pieces.push_back({typeOf<T>(false), sql::text(value)});
        return fragment;
    }

    // What the statement says with the parameters numbered after the first ones, and the values for these.
    std::string text(std::size_t firstParameters) const;
    void bind(Parameters &parameters) const;

private:
    struct Piece
    {
        const char *text; // of a value: "::type"
        std::optional<std::string> value;
    };

    template<class T> static const char *typeOf(bool isList)
    {
        if constexpr (std::same_as<T, QString> || NamedEnum<T>)
            return isList ? "::text[]" : "::text";
        else if constexpr (std::same_as<T, QUuid>)
            return isList ? "::uuid[]" : "::uuid";
        else if constexpr (std::same_as<T, QDateTime>)
            return isList ? "::timestamptz[]" : "::timestamptz";
        else if constexpr (std::same_as<T, double>)
            return isList ? "::float8[]" : "::float8";
        else if constexpr (std::same_as<T, QJsonValue>)
            return isList ? "::jsonb[]" : "::jsonb";
        else if constexpr (std::same_as<T, bool>)
            return isList ? "::boolean[]" : "::boolean";
        else if constexpr (std::integral<T>)
            return isList ? "::bigint[]" : "::bigint";
    }

    std::vector<Piece> m_pieces;
};

} // namespace database
