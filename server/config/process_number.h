// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

// A random number above zero that stays with a data folder, by which a server is known to others that share its
// database, also after it was killed and started again. Made where there is none; throws SetupError where it cannot be
// kept.
qint64 processNumber(const QString &dataFolder);
