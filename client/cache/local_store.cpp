// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/local_store.h"

#include "client/cache/local_store_writer.h"

#include <QDir>
#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int schemaVersion = 1; // another one found in the file: the rows are dropped, the drafts stay

QStringList schema()
{
    return {
        uR"(CREATE TABLE IF NOT EXISTS cached_rows (
            kind TEXT NOT NULL, key TEXT NOT NULL, sort INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (kind, key)))"_s,
        u"CREATE INDEX IF NOT EXISTS cached_rows_by_sort ON cached_rows (kind, sort DESC)"_s,
        uR"(CREATE TABLE IF NOT EXISTS drafts (
            scope TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, base_revision INTEGER NOT NULL, ts TEXT NOT NULL,
            PRIMARY KEY (scope, key)))"_s,
        u"CREATE TABLE IF NOT EXISTS view_states (page TEXT PRIMARY KEY, body BLOB NOT NULL)"_s,
        u"CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT NOT NULL)"_s,
    };
}

QString draftKey(const QString &scope, const QString &key) { return scope + u'/' + key; }

QJsonObject objectOrEmpty(const QByteArray &text)
{
    try {
        return json::object(text);
    } catch (const json::SyntaxError &) {
        return {};
    }
}

} // namespace

LocalStore::LocalStore(const QString &folder, QObject *parent) : QObject(parent), m_file(folder + u"/cache.sqlite"_s)
{
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_connection = QUuid::createUuid().toString();
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    if (!open()) {
        setAside();
        open();
    }
    startWriter();
    m_batch.setSingleShot(true);
    m_batch.setInterval(200ms);
    connect(&m_batch, &QTimer::timeout, this, &LocalStore::flush);
}

LocalStore::~LocalStore()
{
    flush();
    stopWriter();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

bool LocalStore::open()
{
    if (!LocalStoreWriter::openFile(m_database, m_file) || !prepareSchema())
        return false;
    QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner);
    readSmallThings();
    return true;
}

bool LocalStore::prepareSchema()
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return false;
    const int found = query.value(0).toInt();
    query.finish();
    if (found == schemaVersion)
        return true;
    if (found != 0 && !query.exec(u"DROP TABLE IF EXISTS cached_rows"_s))
        return false;
    for (const QString &statement : schema())
        if (!query.exec(statement))
            return false;
    return query.exec(u"PRAGMA user_version = %1"_s.arg(schemaVersion));
}

void LocalStore::readSmallThings()
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.exec(u"SELECT scope, key, body, base_revision, ts FROM drafts"_s);
    while (query.next())
        m_drafts.insert(draftKey(query.value(0).toString(), query.value(1).toString()),
                        {objectOrEmpty(query.value(2).toByteArray()), query.value(3).toLongLong(),
                         QDateTime::fromString(query.value(4).toString(), Qt::ISODateWithMs)});
    query.exec(u"SELECT page, body FROM view_states"_s);
    while (query.next())
        m_viewStates.insert(query.value(0).toString(), objectOrEmpty(query.value(1).toByteArray()));
    query.exec(u"SELECT name, value FROM marks"_s);
    while (query.next())
        m_marks.insert(query.value(0).toString(), query.value(1).toString());
}

void LocalStore::setAside()
{
    m_database.close();
    const QString aside =
        m_file + u'.' + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss-zzz"_s) + u".damaged"_s;
    QFile::rename(m_file, aside);
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(m_file + suffix);
    m_damagedFile = aside;
}

void LocalStore::startWriter()
{
    m_writer = new LocalStoreWriter(m_file);
    m_writer->moveToThread(&m_thread);
    connect(m_writer, &LocalStoreWriter::damageFound, this, [this] {
        // What is in memory still (drafts, views) goes into the new file with its next change.
        stopWriter();
        setAside();
        open();
        startWriter();
        Q_EMIT damaged(*m_damagedFile);
    });
    m_thread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(m_writer, &LocalStoreWriter::check);
}

void LocalStore::stopWriter()
{
    m_writer->disconnect(this);
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer] { delete writer; }, Qt::BlockingQueuedConnection);
    m_writer = nullptr;
    m_thread.quit();
    m_thread.wait();
}

void LocalStore::flush()
{
    m_batch.stop();
    if (!m_waiting.isEmpty())
        QMetaObject::invokeMethod(
            m_writer, [writer = m_writer, changes = std::exchange(m_waiting, {})] { writer->write(changes); });
}

void LocalStore::waitUntilWritten()
{
    flush();
    QMetaObject::invokeMethod(
        m_writer, [] {}, Qt::BlockingQueuedConnection);
}

void LocalStore::write(const QString &statement, const QVariantList &values)
{
    m_waiting.append({statement, {values}});
    if (!m_batch.isActive())
        m_batch.start();
}

void LocalStore::putRows(QList<QVariantList> rows)
{
    if (rows.isEmpty())
        return;
    m_waiting.append({u"INSERT INTO cached_rows (kind, key, sort, body) VALUES (?, ?, ?, ?) "
                      "ON CONFLICT (kind, key) DO UPDATE SET sort = excluded.sort, body = excluded.body"_s,
                      std::move(rows)});
    if (!m_batch.isActive())
        m_batch.start();
}

QByteArrayList LocalStore::bodies(const QString &kind, int limit, int offset)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.prepare(u"SELECT body FROM cached_rows WHERE kind = ? ORDER BY sort DESC LIMIT ? OFFSET ?"_s);
    query.bindValue(0, kind);
    query.bindValue(1, limit);
    query.bindValue(2, offset);
    QByteArrayList result;
    query.exec();
    while (query.next())
        result.append(query.value(0).toByteArray());
    return result;
}

QByteArray LocalStore::body(const QString &kind, const QString &key)
{
    QSqlQuery query(m_database);
    query.prepare(u"SELECT body FROM cached_rows WHERE kind = ? AND key = ?"_s);
    query.bindValue(0, kind);
    query.bindValue(1, key);
    return query.exec() && query.next() ? query.value(0).toByteArray() : QByteArray();
}

void LocalStore::removeRow(const QString &kind, const QString &key)
{
    write(u"DELETE FROM cached_rows WHERE kind = ? AND key = ?"_s, {kind, key});
}

void LocalStore::removeRows(const QString &kind) { write(u"DELETE FROM cached_rows WHERE kind = ?"_s, {kind}); }

void LocalStore::keepNewest(const QString &kind, int count)
{
    write(u"DELETE FROM cached_rows WHERE kind = ? AND sort < "
          "(SELECT sort FROM cached_rows WHERE kind = ? ORDER BY sort DESC LIMIT 1 OFFSET ?)"_s,
          {kind, kind, count - 1});
}

QDateTime LocalStore::asOf(const QString &kind) const
{
    return QDateTime::fromString(m_marks.value(u"asOf/"_s + kind), Qt::ISODateWithMs);
}

void LocalStore::setAsOf(const QString &kind, const QDateTime &time)
{
    setMark(u"asOf/"_s + kind, time.toUTC().toString(Qt::ISODateWithMs));
}

void LocalStore::setMark(const QString &name, const QString &value)
{
    m_marks.insert(name, value);
    write(u"INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
          {name, value});
}

qint64 LocalStore::lastSequence() const
{
    const auto found = m_marks.constFind(u"lastSequence"_s);
    return found == m_marks.constEnd() ? -1 : found->toLongLong();
}

void LocalStore::setLastSequence(qint64 sequence) { setMark(u"lastSequence"_s, QString::number(sequence)); }

std::optional<Draft> LocalStore::draft(const QString &scope, const QString &key) const
{
    const auto found = m_drafts.constFind(draftKey(scope, key));
    return found == m_drafts.constEnd() ? std::nullopt : std::optional(*found);
}

QStringList LocalStore::draftKeys(const QString &scope) const
{
    const QString beginning = draftKey(scope, {});
    QStringList keys;
    for (auto draft = m_drafts.keyBegin(); draft != m_drafts.keyEnd(); ++draft)
        if (draft->startsWith(beginning))
            keys << draft->mid(beginning.size());
    return keys;
}

void LocalStore::saveDraft(const QString &scope, const QString &key, const QJsonObject &body, qint64 baseRevision)
{
    const Draft draft{body, baseRevision, QDateTime::currentDateTimeUtc()};
    m_drafts.insert(draftKey(scope, key), draft);
    write(u"INSERT INTO drafts (scope, key, body, base_revision, ts) VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope, key) "
          "DO UPDATE SET body = excluded.body, base_revision = excluded.base_revision, ts = excluded.ts"_s,
          {scope, key, json::print(body), baseRevision, draft.savedAt.toString(Qt::ISODateWithMs)});
    flush(); // a crash must not take the text with it
}

void LocalStore::removeDraft(const QString &scope, const QString &key)
{
    if (m_drafts.remove(draftKey(scope, key)))
        write(u"DELETE FROM drafts WHERE scope = ? AND key = ?"_s, {scope, key});
}

QJsonObject LocalStore::viewState(const QString &page) const { return m_viewStates.value(page); }

void LocalStore::setViewState(const QString &page, const QJsonObject &state)
{
    if (m_viewStates.value(page) == state)
        return;
    m_viewStates.insert(page, state);
    write(u"INSERT INTO view_states (page, body) VALUES (?, ?) ON CONFLICT (page) DO UPDATE SET body = excluded.body"_s,
          {page, json::print(state)});
}
