// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/format.h"

namespace gateway {

// Takes out of a request what this provider has no place for and what is no reason to refuse it. Gives the pointers to
// those members, which the program is told of.
QStringList takeOutUnheard(providers::ModelRequest &request, const Format &format, const providers::Provider &provider);

} // namespace gateway
