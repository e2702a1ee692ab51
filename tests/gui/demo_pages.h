// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/main_window.h"
#include "client/shell/page_widget.h"

// Pages with made-up rows, to look at the parts they are made of. They exist in tests only.
namespace demo {

void addPages(Navigation &navigation);
Identity identity();

} // namespace demo
