// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/cache_control.h"

#include <QByteArray>

#include <algorithm>
#include <limits>

CacheControl CacheControl::of(QByteArrayView header)
{
    CacheControl control;
    for (const QByteArray &part : header.toByteArray().toLower().split(',')) {
        const QByteArray directive = part.trimmed();
        const qsizetype equals = directive.indexOf('=');
        const QByteArray name = equals < 0 ? directive : directive.first(equals).trimmed();
        if (name == "no-store") {
            control.mayStore = control.mayServe = false;
        } else if (name == "no-cache") {
            control.mayServe = false;
        } else if (name == "max-age" && equals >= 0) {
            QByteArray value = directive.sliced(equals + 1).trimmed();
            if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"'))
                value = value.sliced(1, value.size() - 2);
            if (value.isEmpty()
                || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
                continue;
            bool isSmall = false;
            const int seconds = value.toInt(&isSmall);
            const std::chrono::seconds age(isSmall ? seconds : std::numeric_limits<int>::max());
            control.maxAge = std::min(control.maxAge.value_or(age), age);
        }
    }
    return control;
}
