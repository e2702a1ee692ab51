// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.h"
#include "server/providers/provider.h"
#include "shared/error.h"

namespace gateway {

// What a program is told of a provider's failure: a status of which the SDKs know whether to try again, the stable code
// and a sentence. What concerns the server's own key at the provider is never a 401: the program's key is good.
ApiError refusalOf(const providers::CallError &error);

// retry-after-ms and x-should-retry, which the SDKs obey beside the Retry-After of the refusal itself.
http::HeaderList retryHeaders(const providers::CallError &error);

// Whether it is the target's own trouble, so that another one may serve the same request.
bool isOfTarget(const providers::CallError &error);

} // namespace gateway
