// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/assistants/assistants.h"

// The routes of shared/chat/assistant_endpoints.h.
void addAssistantRoutes(http::Router &router, Assistants &assistants);
