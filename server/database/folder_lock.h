// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

// One process at a time uses a folder. The operating system holds the lock, so it is free again however the process
// ends; the file stays, with the process id of the last holder.
class FolderLock
{
public:
    explicit FolderLock(const QString &file); // throws SetupError naming the process that holds it
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    int m_descriptor;
};
