// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/call_record.h"

#include <QFile>

#include <map>

// The files in which calls stand before they are made and after they have ended, until the ledger has them. A line is
// with the operating system when append() returns, so that it outlives a process that is killed; sync() lets it outlive
// the machine. A file is removed once the ledger has all calls of which it holds a line.
//
// One process has a folder for itself. Not thread-safe: its user holds a lock.
class CallJournal
{
public:
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
    void sync();

private:
    void append(const JournalLine &line);
    void openNext();
    void release(qint64 number);
    QString pathOf(qint64 number) const;
    QStringList files() const;

    const QString m_folder;
    const qint64 m_fileSize;
    QFile m_file;
    qint64 m_number = 0; // of the file
    bool m_isDirty = false;
    QStringList m_left;
    struct Places // the numbers of the files that hold the lines of a call
    {
        qint64 begin = 0;
        qint64 end = 0; // 0: none yet
    };
    std::map<QUuid, Places> m_places; // of each call that the ledger does not have
    std::map<qint64, qsizetype> m_needed; // lines of such calls, by file
};
