// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

// Version, licence, and the licences of what is shipped inside. Closes by itself.
void showAbout(QWidget *window);
