// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSqlDatabase>
#include <QThread>
#include <QTimer>

#include <functional>

class LocalStoreWriter;

// What an editor had in it and nobody saved yet.
struct Draft
{
    QJsonObject body;
    qint64 baseRevision = 0;
    QDateTime savedAt;
};

// One change of the file, done by the writer's thread.
struct StoreChange
{
    QString statement;
    QList<QVariantList> rows; // the statement runs once with each
};

// What one account saw last, so that the client opens at once and without a network: rows of lists, drafts, how lists
// were arranged, the last live event. One SQLite file for each account, readable by its owner only. Never holds tokens.
//
// Reading is quick and happens in the GUI thread; writing is collected and done by a thread of its own. Small things
// (drafts, view states, marks) are held in memory as well, so that they read back at once. A file that SQLite finds
// broken is set aside as *.damaged and an empty one takes its place: everything but drafts can be loaded again.
class LocalStore : public QObject
{
    Q_OBJECT

public:
    explicit LocalStore(const QString &folder, QObject *parent = nullptr);
    ~LocalStore() override; // writes what is waiting

    // Where the old file went, when it had to be set aside.
    std::optional<QString> damagedFile() const { return m_damagedFile; }

    // Lists. `kind` names one ("job"), `sort` its order: the highest comes first.
    template<class Row> struct Entry
    {
        QString key;
        qint64 sort = 0;
        Row row;
    };
    template<class Row> void put(const QString &kind, const QList<Entry<Row>> &entries)
    {
        QList<QVariantList> rows;
        for (const Entry<Row> &entry : entries)
            rows.append({kind, entry.key, entry.sort, json::print(entry.row)});
        putRows(std::move(rows));
    }
    template<class Row> QList<Row> rows(const QString &kind, int limit, int offset = 0)
    {
        QList<Row> result;
        for (const QByteArray &body : bodies(kind, limit, offset)) {
            try {
                result.append(json::parse<Row>(body, json::UnknownMembers::Lenient));
            } catch (const std::runtime_error &) {
                // Written by another version of Patio: the server has it still.
            }
        }
        return result;
    }
    template<class Row> std::optional<Row> row(const QString &kind, const QString &key)
    {
        const QByteArray found = body(kind, key);
        if (found.isEmpty())
            return {};
        try {
            return json::parse<Row>(found, json::UnknownMembers::Lenient);
        } catch (const std::runtime_error &) {
            return {};
        }
    }
    void removeRow(const QString &kind, const QString &key);
    void removeRows(const QString &kind);
    void keepNewest(const QString &kind, int count);

    // When a list was last the same as the server's; invalid: never.
    QDateTime asOf(const QString &kind) const;
    void setAsOf(const QString &kind, const QDateTime &time);

    std::optional<Draft> draft(const QString &scope, const QString &key) const;
    QStringList draftKeys(const QString &scope) const; // in no order
    void saveDraft(const QString &scope, const QString &key, const QJsonObject &body, qint64 baseRevision);
    void removeDraft(const QString &scope, const QString &key);

    QJsonObject viewState(const QString &page) const;
    void setViewState(const QString &page, const QJsonObject &state);

    qint64 lastSequence() const; // -1: none
    void setLastSequence(qint64 sequence);

    void flush(); // hands everything that waits to the writer now
    void waitUntilWritten(); // blocks; for tests and for the end of the program

Q_SIGNALS:
    void damaged(const QString &setAside);

private:
    bool open();
    bool prepareSchema();
    void readSmallThings();
    void setAside();
    void startWriter();
    void stopWriter();
    QByteArrayList bodies(const QString &kind, int limit, int offset);
    QByteArray body(const QString &kind, const QString &key);
    void putRows(QList<QVariantList> rows);
    void setMark(const QString &name, const QString &value);
    void write(const QString &statement, const QVariantList &values);

    QString m_file;
    QString m_connection;
    QSqlDatabase m_database;
    QThread m_thread;
    LocalStoreWriter *m_writer = nullptr; // lives in m_thread
    QTimer m_batch;
    QList<StoreChange> m_waiting;
    QHash<QString, Draft> m_drafts; // by "scope/key"
    QHash<QString, QJsonObject> m_viewStates;
    QHash<QString, QString> m_marks;
    std::optional<QString> m_damagedFile;
};
