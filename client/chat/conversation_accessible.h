// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class ConversationView;

// A conversation as screen readers meet it: a list whose messages come into being when they are asked for.
void installConversationAccessibility();
void resetConversationAccessibility(ConversationView *view); // rows have moved
