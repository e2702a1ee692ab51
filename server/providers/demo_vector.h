// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace providers {

// A vector of length 1 made from the words of a text, without regard to their order and to capitals: the same for the
// same text everywhere, and the closer to another's the more words they share.
QList<float> demoVector(const QString &text, int dimensions);

} // namespace providers
