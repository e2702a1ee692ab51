// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/folder_lock.h"

#include "server/database/setup_error.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void fail(const QString &file)
{
    throw SetupError(u"Cannot use %1: %2."_s.arg(file, QString::fromLocal8Bit(std::strerror(errno))));
}

QString holder(int descriptor)
{
    char text[32] = {};
    if (read(descriptor, text, sizeof text - 1) <= 0)
        return {};
    return u" (process %1)"_s.arg(QString::fromLatin1(text).trimmed());
}

} // namespace

FolderLock::FolderLock(const QString &file)
    : m_descriptor(open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    if (m_descriptor < 0)
        fail(file);
    if (flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        const bool isHeld = errno == EWOULDBLOCK;
        const QString process = holder(m_descriptor);
        close(m_descriptor);
        if (!isHeld)
            throw SetupError(u"The file system of %1 has no locks (flock). Choose a local folder."_s.arg(file));
        throw SetupError(u"Another server%1 uses the data folder %2. Stop it, or choose another folder."_s.arg(
            process, QFileInfo(file).path()));
    }
    const QByteArray self = QByteArray::number(qint64(getpid())) + '\n';
    if (ftruncate(m_descriptor, 0) != 0 || write(m_descriptor, self.constData(), std::size_t(self.size())) < 0) {
        close(m_descriptor);
        fail(file);
    }
}

FolderLock::~FolderLock() { close(m_descriptor); }
