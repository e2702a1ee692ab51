// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/bundle.h"

// A bundle as plain text files, for reading, comparing and keeping in a repository:
//
//     refund-reply/template.json            name, description, folder, tags, labels
//     refund-reply/2/version.json           model, parameters, note, author, time
//     refund-reply/2/system.txt             absent where it is empty
//     refund-reply/2/user.txt
//     refund-reply/2/variables.schema.json  absent where there is none
//     refund-reply/2/examples/1-user.txt, 1-assistant.txt, …
namespace BundleFiles {

QList<BundleFile> print(const TemplateBundle &bundle);

// The bundle in the files, which may all lie in some folder. What cannot be read is in `problems`, by file and line.
TemplateBundle read(const QList<BundleFile> &files, QList<ImportProblem> &problems);

// Where a problem of a template lies: from a pointer into it and a message that may begin with "line 3, ".
ImportProblem placed(const BundledTemplate &one, const QString &pointer, const QString &message);

} // namespace BundleFiles
