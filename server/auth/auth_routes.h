// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace http {
class Router;
}
struct Identity;

// `passwordWork` runs what hashes a password.
void addAuthRoutes(http::Router &router, Identity &identity,
                   const std::function<bool(std::function<void()>)> &passwordWork);
