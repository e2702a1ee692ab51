// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/route.h"

// The targets of a route in the order in which one call asks them. Ordered routes as they stand. Weighted ones by lot,
// each as often in front as its weight says (Efraimidis and Spirakis, Weighted random sampling, 2006), those without
// weight behind the others; `stickyTo` in place of chance: the same text gets the same order, and a target that is
// added or removed moves only the calls that it takes or leaves (Thaler and Ravishankar, rendezvous hashing, 1998).
QList<RouteTarget> targetOrder(const GatewayRoute &route, const std::optional<QByteArray> &stickyTo);
