// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace http {
class Router;
}
class CredentialProbe;
class CredentialService;

// `work` runs a function on a database worker; false when its queue is full.
void addCredentialRoutes(http::Router &router, CredentialService &service, CredentialProbe &probe,
                         const std::function<bool(std::function<void()>)> &work);
