// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/call_record.h"

#include <QFile>

#include <map>
#include <memory>
#include <vector>

// The files in which calls stand before they are made and after they have ended, until the ledger has them. A file is
// mapped into memory, its space on the disk taken beforehand: a line is with the operating system as soon as it is
// copied there, so that it outlives a process that is killed; sync() lets it outlive the machine. A file is removed
// once the ledger has all calls of which it holds a line.
//
// One process has a folder for itself. Not thread-safe: its user holds a lock.
class CallJournal
{
public:
    // A file in memory. Whoever holds it may write it to the disk without holding the lock.
    class Pages
    {
    public:
        explicit Pages(const QString &path, qint64 size); // throws ApiError::busy where there is no room
        bool append(const QByteArray &line); // false: it is full
        void sync() const;

    private:
        QFile m_file;
        uchar *m_bytes = nullptr;
        const qint64 m_size;
        qint64 m_used = 0;
    };

    explicit CallJournal(QString folder, qint64 fileSize = 8 * 1024 * 1024);
    ~CallJournal();
    CallJournal(const CallJournal &) = delete;
    CallJournal &operator=(const CallJournal &) = delete;

    // What former processes have left, in the order of writing: calls with their ends, and calls without. A last line
    // that was cut off is passed over; so is one that cannot be read, with a warning. Before the first append().
    struct Left
    {
        CallBegin begin;
        std::optional<CallEnd> end;
    };
    QList<Left> left();
    void removeLeft(); // once the ledger has them

    // Throws ApiError::busy where nothing can be written: then no call may be made.
    void begin(const CallBegin &begin);
    void end(const QUuid &attemptId, const CallEnd &end);
    void settled(const QUuid &attemptId); // the ledger has it
    // The files with lines since this was asked last: sync() writes them to the disk.
    std::vector<std::shared_ptr<const Pages>> unsynced();

private:
    void append(const JournalLine &line);
    void openNext();
    void release(qint64 number);
    QString pathOf(qint64 number) const;
    QStringList files() const;

    const QString m_folder;
    const qint64 m_fileSize;
    std::shared_ptr<Pages> m_pages;
    qint64 m_number = 0; // of the file
    std::vector<std::shared_ptr<const Pages>> m_unsynced;
    QStringList m_left;
    struct Places // the numbers of the files that hold the lines of a call
    {
        qint64 begin = 0;
        qint64 end = 0; // 0: none yet
    };
    std::map<QUuid, Places> m_places; // of each call that the ledger does not have
    std::map<qint64, qsizetype> m_needed; // lines of such calls, by file
};
