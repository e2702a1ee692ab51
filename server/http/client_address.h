// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.h"

namespace http {

using Network = std::pair<QHostAddress, int>; // an address and the length of its prefix, QHostAddress::parseSubnet()

// Where a request comes from: the peer, or where the peer is a proxy of ours, whom that says it speaks for. Each proxy
// adds its own peer at the end of X-Forwarded-For, so the last address there that is no proxy of ours is the one to
// believe; what stands before it anybody may have written.
QHostAddress clientAddress(const Request &request, const QList<Network> &trustedProxies);

} // namespace http
