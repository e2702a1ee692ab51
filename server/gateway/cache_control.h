// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <chrono>
#include <optional>

// What a program asks of the cache by the header Cache-Control of its request (RFC 9111, 5.2.1). With no-store neither
// is an answer kept nor one that was kept given; with no-cache the provider is asked, and its answer kept. What it does
// not know, and what is broken, asks for nothing.
struct CacheControl
{
    bool mayServe = true;
    bool mayStore = true;
    std::optional<std::chrono::seconds> maxAge; // of an answer that is given

    static CacheControl of(QByteArrayView header);
    // How old an answer may be where the tenant keeps them for so long.
    std::chrono::seconds oldest(std::chrono::seconds kept) const { return maxAge ? std::min(*maxAge, kept) : kept; }
};
