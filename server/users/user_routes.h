// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace http {
class Router;
}
class UserLinkService;
class UserService;

// `passwordWork` runs what hashes a password.
void addUserRoutes(http::Router &router, UserService &service, UserLinkService &links,
                   const std::function<bool(std::function<void()>)> &passwordWork);
