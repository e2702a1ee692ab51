// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/result.h"
#include "shared/templates/bundle.h"

// An export as a folder of plain text files on this computer. What goes wrong comes back in words.
namespace bundleFolder {

// Unpacks a tar that the server made into the folder; returns how many files were written. Names that would lead out of
// it are refused before anything is written.
Result<int> unpack(const QByteArray &tar, const QString &folder);

// All files of a folder as an import takes them.
Result<QList<BundleFile>> read(const QString &folder);

} // namespace bundleFolder
