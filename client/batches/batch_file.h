// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/result.h"

#include <QJsonObject>
#include <QStringList>

// The inputs of many runs as a file has them: CSV, whose first line names the variables, or JSON Lines.
struct BatchFile
{
    QString name; // of the file, without its folder
    QStringList variables; // in the order of the file
    QList<QJsonObject> inputs;
    QList<int> lines; // of the file, where each input begins; from 1
    bool areTexts = false; // values are texts, as in CSV
};

namespace batchFile {

inline constexpr qint64 largestFile = 24 * 1024 * 1024; // bytes

// What cannot be read names its line.
Result<BatchFile> parse(const QString &name, const QByteArray &content);
Result<BatchFile> read(const QString &path); // blocks while the file is read
bool isOffered(const QString &path); // by its name

} // namespace batchFile
