// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_transport.h"
#include "server/providers/provider.h"

namespace providers {

// The whole of an answer that is not streamed.
struct HttpReply
{
    HttpHead head;
    QByteArray body;
    HttpEnd end;
};

// Times and addresses as the request says how to reach the provider.
void allowTimes(HttpRequest &prepared, const ModelRequest &request);

// Asks and tells the answer once, never inside; dropping the handle stops it. Telling may drop the handle.
[[nodiscard]] std::shared_ptr<void> ask(HttpTransport &transport, HttpRequest request,
                                        std::function<void(const HttpReply &)> done);

// Tells later, unless the handle was dropped by then.
[[nodiscard]] std::shared_ptr<void> tellLater(HttpTransport &transport, std::function<void()> tell);

} // namespace providers
