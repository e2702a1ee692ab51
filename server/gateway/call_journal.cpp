// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_journal.h"

#include "shared/error.h"

#include <QDir>
#include <QHash>
#include <QLoggingCategory>

#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcJournal, "server.gateway.journal")

CallJournal::Pages::Pages(const QString &path, qint64 size) : m_file(path), m_size(size)
{
    const auto fail = [this](const QString &reason) {
        qCCritical(lcJournal).noquote() << m_file.fileName() << "cannot be made:" << reason;
        if (m_file.isOpen())
            m_file.remove();
        throw ApiError::busy(5);
    };
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::NewOnly))
        fail(m_file.errorString());
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    // Without its space a full disk would end the process where it writes.
    if (const int error = ::posix_fallocate(m_file.handle(), 0, m_size))
        fail(qt_error_string(error));
    m_bytes = m_file.map(0, m_size);
    if (!m_bytes)
        fail(m_file.errorString());
}

// The newline comes last: a line without it was cut off.
bool CallJournal::Pages::append(const QByteArray &line)
{
    if (m_used + line.size() + 1 > m_size)
        return false;
    std::memcpy(m_bytes + m_used, line.constData(), std::size_t(line.size()));
    m_bytes[m_used + line.size()] = '\n';
    m_used += line.size() + 1;
    return true;
}

void CallJournal::Pages::sync() const { ::msync(m_bytes, std::size_t(m_size), MS_SYNC); }

CallJournal::CallJournal(QString folder, qint64 fileSize) : m_folder(std::move(folder)), m_fileSize(fileSize)
{
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_left = files();
    if (!m_left.isEmpty())
        m_number = QFileInfo(m_left.last()).completeBaseName().toLongLong();
}

CallJournal::~CallJournal()
{
    if (std::exchange(m_pages, nullptr) && m_places.empty())
        QFile::remove(pathOf(m_number));
}

QString CallJournal::pathOf(qint64 number) const
{
    return m_folder + u"/%1.journal"_s.arg(number, 12, 10, QLatin1Char('0'));
}

QStringList CallJournal::files() const
{
    QStringList paths;
    const QStringList names = QDir(m_folder).entryList({u"*.journal"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names)
        paths.append(m_folder + u'/' + name);
    return paths;
}

QList<CallJournal::Left> CallJournal::left()
{
    QList<Left> calls;
    QHash<QUuid, qsizetype> places;
    for (const QString &path : std::as_const(m_left)) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            throw ApiError::internal();
        while (!file.atEnd()) {
            const QByteArray line = file.readLine();
            if (!line.endsWith('\n') || line.startsWith('\0'))
                break; // cut off: append() had not returned, or the room that was left
            try {
                const auto read = json::parse<JournalLine>(line, json::UnknownMembers::Ignore);
                if (read.begin) {
                    places.insert(read.begin->attemptId, calls.size());
                    calls.append({*read.begin, {}});
                } else if (const auto place = read.ended ? places.constFind(*read.ended) : places.constEnd();
                           place != places.constEnd()) {
                    calls[*place].end = read.end();
                }
            } catch (const std::exception &error) {
                qCWarning(lcJournal).noquote() << path << "has a line that cannot be read:" << error.what();
            }
        }
    }
    return calls;
}

void CallJournal::removeLeft()
{
    for (const QString &path : std::exchange(m_left, {}))
        QFile::remove(path);
}

void CallJournal::openNext()
{
    m_pages.reset();
    const qint64 former = m_number++;
    if (!m_left.contains(pathOf(former)) && !m_needed.contains(former))
        QFile::remove(pathOf(former));
    m_pages = std::make_shared<Pages>(pathOf(m_number), m_fileSize);
}

void CallJournal::append(const JournalLine &line)
{
    const QByteArray bytes = json::print(line);
    if (!m_pages || !m_pages->append(bytes)) {
        openNext();
        if (!m_pages->append(bytes))
            throw ApiError::internal();
    }
    if (m_unsynced.empty() || m_unsynced.back() != m_pages)
        m_unsynced.push_back(m_pages);
}

void CallJournal::begin(const CallBegin &begin)
{
    append(JournalLine::of(begin));
    m_places.emplace(begin.attemptId, Places{m_number, 0});
    ++m_needed[m_number];
}

void CallJournal::end(const QUuid &attemptId, const CallEnd &end)
{
    append(JournalLine::of(attemptId, end));
    const auto found = m_places.find(attemptId);
    if (found == m_places.end())
        return;
    found->second.end = m_number;
    ++m_needed[m_number];
}

void CallJournal::settled(const QUuid &attemptId)
{
    const auto found = m_places.find(attemptId);
    if (found == m_places.end())
        return;
    const Places places = found->second;
    m_places.erase(found);
    release(places.begin);
    if (places.end != 0)
        release(places.end);
}

void CallJournal::release(qint64 number)
{
    if (--m_needed[number] > 0)
        return;
    m_needed.erase(number);
    if (number != m_number)
        QFile::remove(pathOf(number));
}

std::vector<std::shared_ptr<const CallJournal::Pages>> CallJournal::unsynced() { return std::exchange(m_unsynced, {}); }
