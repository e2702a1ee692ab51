// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUuid>

// A new UUID of version 7 (RFC 9562, section 5.7): sorted by time of making, so that new rows sit together in an index.
// Any thread; ids made by one thread within a millisecond keep their order.
QUuid newId();
