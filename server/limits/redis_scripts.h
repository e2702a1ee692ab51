// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace limits {

// A program that Redis runs without letting anything else happen in between.
struct RedisScript
{
    QByteArray text;
    QByteArray sha; // by which Redis knows it

    explicit RedisScript(const char *lua);
};

// What each takes and answers stands at its beginning.
namespace scripts {
const RedisScript &acquire();
const RedisScript &settle();
const RedisScript &renew();
const RedisScript &used();
} // namespace scripts

} // namespace limits
