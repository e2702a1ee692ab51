// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace providers {

// Which addresses a call may connect to. A tenant chooses its own base URLs, so those are held to PublicOnly: otherwise
// the server could be made to read from the network that it stands in.
enum class AddressPolicy { Any, PublicOnly };

// Whether the address is routed on the public internet: none of the private, loopback, link-local, shared, multicast,
// documentation or otherwise special ranges of the IANA registries (RFC 6890), and no IPv6 form that hides an IPv4
// address (mapped, 6to4, Teredo, NAT64).
bool isPublicAddress(const QHostAddress &address);

} // namespace providers
