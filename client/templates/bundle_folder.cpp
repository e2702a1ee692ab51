// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/bundle_folder.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace bundleFolder {
namespace {

// Of the form of POSIX ustar (IEEE 1003.1).
constexpr qsizetype blockSize = 512;
constexpr qsizetype mostFiles = 20'000;
constexpr qint64 largestFile = 4'000'000; // bytes: 1,000,000 letters

ApiError problem(const QString &text) { return ApiError::make(0, "file", text); }
QString said(const char *text) { return QCoreApplication::translate("BundleFolder", text); }

QString field(const QByteArray &header, qsizetype from, qsizetype length)
{
    const QByteArray raw = header.mid(from, length);
    const qsizetype end = raw.indexOf('\0');
    return QString::fromUtf8(end < 0 ? raw : raw.first(end));
}

bool staysWithin(const QString &path)
{
    const QString clean = QDir::cleanPath(path);
    return !path.isEmpty() && QDir::isRelativePath(path) && clean != u".."_s && !clean.startsWith(u"../"_s)
        && !path.contains(u'\\') && !path.contains(u':');
}

} // namespace

Result<int> unpack(const QByteArray &tar, const QString &folder)
{
    QList<std::pair<QString, QByteArray>> files;
    for (qsizetype at = 0; at + blockSize <= tar.size();) {
        const QByteArray header = tar.mid(at, blockSize);
        if (header.at(0) == '\0')
            break; // the end
        const QString prefix = field(header, 345, 155), name = field(header, 0, 100);
        const QString path = prefix.isEmpty() ? name : prefix + u'/' + name;
        bool isNumber = false;
        const qint64 size = field(header, 124, 12).trimmed().toLongLong(&isNumber, 8);
        if (!isNumber || size < 0 || size > tar.size() - at - blockSize || !staysWithin(path))
            return problem(said(QT_TRANSLATE_NOOP("BundleFolder", "What the server sent cannot be read.")));
        files.append({path, tar.mid(at + blockSize, size)});
        at += blockSize + (size + blockSize - 1) / blockSize * blockSize;
    }
    const QDir root(folder);
    for (const auto &[path, content] : files) {
        QSaveFile file(root.filePath(path));
        if (!root.mkpath(QFileInfo(path).path()) || !file.open(QFile::WriteOnly)
            || file.write(content) != content.size() || !file.commit())
            return problem(u"%1: %2"_s.arg(file.fileName(), file.errorString()));
    }
    return int(files.size());
}

Result<QList<BundleFile>> read(const QString &folder)
{
    QList<BundleFile> files;
    const QDir root(folder);
    QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories); // hidden ones, as .git, stay out
    while (all.hasNext()) {
        QFile file(all.next());
        if (files.size() >= mostFiles)
            return problem(said(QT_TRANSLATE_NOOP("BundleFolder", "The folder has too many files.")));
        if (!file.open(QFile::ReadOnly))
            return problem(u"%1: %2"_s.arg(file.fileName(), file.errorString()));
        if (file.size() > largestFile)
            return problem(said(QT_TRANSLATE_NOOP("BundleFolder", "“%1” is too large.")).arg(file.fileName()));
        files.append({root.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll())});
    }
    if (files.isEmpty())
        return problem(said(QT_TRANSLATE_NOOP("BundleFolder", "The folder is empty.")));
    return files;
}

} // namespace bundleFolder
