// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// A wire type lists its members once, in fields(). The JSON reader and writer, the validator, the OpenAPI schema and
// the SQL row reader all walk that list:
//
//     struct Tag
//     {
//         QString name;
//         std::optional<int> uses; // optional: may be absent
//
//         static constexpr auto fields()
//         {
//             return std::tuple{Field{"name", &Tag::name, {.minLength = 1, .maxLength = 40}}, Field{"uses",
//             &Tag::uses}};
//         }
//     };

// What a member must satisfy besides its type. Lengths count UTF-16 units of strings and items of lists.
struct FieldRules
{
    const char *doc = "";
    int minLength = 0;
    int maxLength = 0; // 0: no bound
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    const char *format = ""; // JSON Schema "format", for the document only
    bool hasDefault = false; // may be absent in requests: the member keeps its initial value
    bool secret = false; // write-only: never shown, logged or stored in clear
};

template<class Class, class Member> struct Field
{
    std::string_view name;
    Member Class::*member;
    FieldRules rules = {};
};
template<class C, class M> Field(const char *, M C::*) -> Field<C, M>;
template<class C, class M> Field(const char *, M C::*, FieldRules) -> Field<C, M>;

namespace detail {
struct AnyMember
{
    template<class T> operator T() const;
};

// Whether the listed members are all that the struct has, in its own order.
template<class T, class Fields> inline constexpr bool listsAllMembers = false;
template<class T, class... Members>
inline constexpr bool listsAllMembers<T, std::tuple<Field<T, Members>...>> = requires
{
    T{std::declval<Members>()...};
}
&&!requires { T{std::declval<Members>()..., AnyMember{}}; };
} // namespace detail

// The wire names of an enum class, in the order of its values:
//     template<> inline constexpr auto enumNames<JobState> = std::to_array({"queued", "running"});
template<class E> inline constexpr std::nullptr_t enumNames = nullptr;
template<class E>
concept NamedEnum = std::is_enum_v<E> && requires
{
    enumNames<E>.size();
};

// A member missing from fields() would silently vanish on the wire, so it does not compile.
template<class T>
concept WireType = requires
{
    T::fields();
}
&&detail::listsAllMembers<T, decltype(T::fields())>;
