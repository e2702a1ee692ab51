// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QFont>

// Registers the compiled-in fonts. Without them (a build without the font packages) the system's fonts stand in.
void loadFonts();

QFont makeFont(const Tokens::TypeStyle &style, qreal scale);
