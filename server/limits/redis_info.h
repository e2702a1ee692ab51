// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace limits {

// What Redis' answer to INFO says under that name; empty where it says nothing.
inline QByteArray lineOf(const QByteArray &info, const QByteArray &name)
{
    for (const QByteArray &line : info.split('\n'))
        if (line.startsWith(name + ':'))
            return line.sliced(name.size() + 1).trimmed();
    return {};
}

} // namespace limits
