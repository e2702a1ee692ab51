// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/composer_completer.h"

// The emoji that can be typed by name: ":tada".
const QList<CompletionChoice> &emojiChoices();
