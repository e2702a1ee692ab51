// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/device_name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Known
{
    QByteArrayView part;
    QLatin1StringView name;
};
// In this order: browsers claim to be others too.
constexpr Known browsers[] = {{"Edg/", "Edge"_L1},
                              {"OPR/", "Opera"_L1},
                              {"Firefox/", "Firefox"_L1},
                              {"Chrome/", "Chrome"_L1},
                              {"Safari/", "Safari"_L1}};
constexpr Known systems[] = {{"Android", "Android"_L1}, {"iPhone", "iPhone"_L1},   {"iPad", "iPad"_L1},
                             {"Windows", "Windows"_L1}, {"Macintosh", "macOS"_L1}, {"Linux", "Linux"_L1}};

template<std::size_t size> QString nameIn(QByteArrayView userAgent, const Known (&table)[size])
{
    const auto known = std::find_if(std::begin(table), std::end(table),
                                    [&](const Known &one) { return userAgent.contains(one.part); });
    return known == std::end(table) ? QString() : QString(known->name);
}

} // namespace

QString deviceName(QByteArrayView userAgent)
{
    const QString browser = nameIn(userAgent, browsers), system = nameIn(userAgent, systems);
    if (!browser.isEmpty() && !system.isEmpty())
        return u"%1 on %2"_s.arg(browser, system);
    if (!browser.isEmpty())
        return browser;
    if (userAgent.startsWith("Mozilla/")) // which everybody claims to be
        return system;
    // "curl/8.5.0": the first product.
    const auto end = std::find_if(userAgent.begin(), userAgent.end(), [](char c) { return c == ' ' || c == '/'; });
    QString product = QString::fromLatin1(userAgent.first(std::min<qsizetype>(end - userAgent.begin(), 60)));
    product.removeIf([](QChar c) { return !c.isPrint(); });
    return product;
}
