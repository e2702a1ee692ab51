// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

// Writes files into a tar in the form of POSIX ustar (IEEE 1003.1), which every unpacker reads. Folders come into being
// with the files in them. Times are 1970, so that the same files give the same bytes.
class TarWriter
{
public:
    // `path` has parts of letters that every system takes, with slashes between them; throws std::length_error for one
    // that is longer than the form holds.
    void add(const QString &path, const QByteArray &content);
    QByteArray finish(); // with the two empty blocks at the end

private:
    QByteArray m_bytes;
};
