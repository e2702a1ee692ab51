// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_journal.h"

#include "shared/error.h"

#include <QDir>
#include <QHash>
#include <QLoggingCategory>

#include <unistd.h>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcJournal, "server.gateway.journal")

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
    if (m_file.isOpen() && m_places.empty())
        m_file.remove();
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
            if (!line.endsWith('\n'))
                break; // cut off: append() had not returned
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
    m_file.close();
    const qint64 former = m_number++;
    if (!m_left.contains(pathOf(former)) && !m_needed.contains(former))
        QFile::remove(pathOf(former));
    m_file.setFileName(pathOf(m_number));
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered | QIODevice::NewOnly)) {
        qCCritical(lcJournal).noquote() << m_file.fileName() << "cannot be made:" << m_file.errorString();
        throw ApiError::busy(5);
    }
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void CallJournal::append(const JournalLine &line)
{
    if (!m_file.isOpen() || m_file.size() >= m_fileSize)
        openNext();
    const QByteArray bytes = json::print(line) + '\n';
    if (m_file.write(bytes) != bytes.size()) {
        qCCritical(lcJournal).noquote() << m_file.fileName() << "cannot be written:" << m_file.errorString();
        m_file.close(); // what is half written ends its file
        throw ApiError::busy(5);
    }
    m_isDirty = true;
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

void CallJournal::sync()
{
    if (m_file.isOpen() && std::exchange(m_isDirty, false))
        ::fdatasync(m_file.handle());
}
