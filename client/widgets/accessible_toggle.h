// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What can be on or off tells assistive technology so, and does on its request what a click does: Qt's own "toggle"
// would change how it looks and tell nobody. For check boxes, switches, segments and the entries of the rail. Once,
// before the first widget.
void installAccessibleToggles();
