// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
struct Chat;

// `chat` is kept by reference.
void addChatRoutes(http::Router &router, Chat &chat);
