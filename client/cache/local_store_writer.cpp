// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/local_store_writer.h"

#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

Q_LOGGING_CATEGORY(lcStore, "client.cache")

LocalStoreWriter::~LocalStoreWriter()
{
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

bool LocalStoreWriter::meansDamage(const QSqlError &error)
{
    // SQLITE_CORRUPT and SQLITE_NOTADB, the low byte of the extended codes (sqlite.org/rescode.html).
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 26;
}

bool LocalStoreWriter::openFile(QSqlDatabase &database, const QString &file)
{
    database.setDatabaseName(file);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!database.open())
        return false;
    QSqlQuery query(database);
    // NORMAL: a power cut may lose the last writes, but never breaks the file (sqlite.org/wal.html).
    return query.exec(QStringLiteral("PRAGMA journal_mode = WAL"))
        && query.exec(QStringLiteral("PRAGMA synchronous = NORMAL"));
}

bool LocalStoreWriter::ensureOpen()
{
    if (m_database.isOpen())
        return true;
    m_connection = QUuid::createUuid().toString();
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    if (openFile(m_database, m_file))
        return true;
    report(m_database.lastError());
    return false;
}

void LocalStoreWriter::write(const QList<StoreChange> &changes)
{
    if (!ensureOpen())
        return;
    if (!m_database.transaction() || !runAll(changes) || !m_database.commit()) {
        report(m_database.lastError());
        m_database.rollback();
    }
}

bool LocalStoreWriter::runAll(const QList<StoreChange> &changes)
{
    for (const StoreChange &change : changes) {
        QSqlQuery query(m_database);
        if (!query.prepare(change.statement)) {
            report(query.lastError());
            return false;
        }
        for (const QVariantList &row : change.rows) {
            for (int i = 0; i < row.size(); ++i)
                query.bindValue(i, row[i]);
            if (!query.exec()) {
                report(query.lastError());
                return false;
            }
        }
    }
    return true;
}

void LocalStoreWriter::check()
{
    if (!ensureOpen())
        return;
    QSqlQuery query(m_database);
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")))
        return report(query.lastError());
    if (query.next() && query.value(0).toString() != QLatin1StringView("ok"))
        Q_EMIT damageFound();
}

void LocalStoreWriter::report(const QSqlError &error)
{
    if (!error.isValid())
        return;
    qCWarning(lcStore, "the cache could not be written: %s", qUtf8Printable(error.text()));
    if (meansDamage(error))
        Q_EMIT damageFound();
}
