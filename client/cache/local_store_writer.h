// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/local_store.h"

// Writes the changes of a LocalStore in its own thread, one transaction for each batch.
class LocalStoreWriter : public QObject
{
    Q_OBJECT

public:
    explicit LocalStoreWriter(const QString &file) : m_file(file) { }
    ~LocalStoreWriter() override;

    void write(const QList<StoreChange> &changes);
    void check(); // looks through the whole file

    // Whether SQLite says that the file itself is no good.
    static bool meansDamage(const QSqlError &error);
    // Opens the file with the settings that both sides use; false: damaged or not to be opened.
    static bool openFile(QSqlDatabase &database, const QString &file);

Q_SIGNALS:
    void damageFound();

private:
    bool ensureOpen();
    bool runAll(const QList<StoreChange> &changes);
    void report(const QSqlError &error);

    QString m_file;
    QString m_connection;
    QSqlDatabase m_database;
};
