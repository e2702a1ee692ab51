// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/message.h"

enum class MessageTrait { Link, Code, File, Reaction, Thread, Pin };
template<>
inline constexpr auto enumNames<MessageTrait> = std::to_array({"link", "code", "file", "reaction", "thread", "pin"});

// Finds messages in the channels that the caller may read, newest first. All that is given must hold.
struct MessageSearch
{
    std::optional<QString> search = {};
    std::optional<QList<QUuid>> from = {};
    std::optional<QList<QUuid>> in = {};
    std::optional<QDateTime> before = {};
    std::optional<QDateTime> after = {};
    std::optional<QList<MessageTrait>> has = {};
    std::optional<bool> mentionsMe = {};
    std::optional<int> limit = {};
    std::optional<QString> cursor = {};

    static constexpr auto fields()
    {
        using T = MessageSearch;
        return std::tuple{
            Field{"search",
                  &T::search,
                  {.doc = "Words, or how they begin, without case and accents; in “quotes”: exactly these in a row",
                   .maxLength = 200}},
            Field{"from", &T::from, {.doc = "Authors", .maxLength = 50}},
            Field{"in", &T::in, {.doc = "Channels", .maxLength = 50}},
            Field{"before", &T::before, {.doc = "Written before this moment"}},
            Field{"after", &T::after, {.doc = "Written at this moment or later"}},
            Field{"has", &T::has, {.maxLength = 6}},
            Field{"mentionsMe", &T::mentionsMe},
            Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
            Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(MessageSearch)
