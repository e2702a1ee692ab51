// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/chat.h"

#include "server/chat/chat_routes.h"

void Chat::addRoutes(http::Router &router) { addChatRoutes(router, *this); }
