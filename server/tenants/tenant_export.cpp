// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_export.h"

#include "server/audit/audit_log.h"
#include "server/tenants/tenant_store.h"
#include "server/tenants/tenant_tables.h"

#include <QCryptographicHash>
#include <QLoggingCategory>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcTenantExport, "server.tenants.export")

namespace {

constexpr qint64 pieceSize = 256 * 1024; // bytes
constexpr auto longestWriting = 30min;

} // namespace

TenantExport::TenantExport(Database &database, Work work, std::shared_ptr<http::Exchange> exchange,
                           const http::Call &call)
    : m_database(database),
      m_work(std::move(work)),
      m_exchange(std::move(exchange)),
      m_call(call),
      m_file(std::make_unique<QTemporaryFile>())
{
}

TenantExport::~TenantExport() = default;

void TenantExport::start(const http::Router &router)
{
    const QUuid id = m_call.id();
    const auto tenant = m_database.platform([&](Transaction &tx) { return TenantStore::find(tx, id); });
    if (!tenant)
        throw ApiError::notFound(u"The tenant"_s);
    m_exchange->post([](http::Exchange &exchange) { exchange.setAnswerTime(longestWriting); });
    AuditEvent event{.action = AuditLog::actionOf(Ability::TenantsExport), .subject = {id, tenant->name}};
    m_database.platform([&](Transaction &tx) { AuditLog::record(tx, m_call.caller, event); });
    m_database.transaction({id}, [&](Transaction &tx) { AuditLog::record(tx, m_call.caller, event); });
    write(*tenant);

    http::HeaderList headers = router.commonHeaders(m_call);
    headers.emplaceBack("Content-Type", "application/jsonl");
    headers.emplaceBack("Content-Disposition", "attachment; filename=\"" + tenant->slug.toLatin1() + ".jsonl\"");
    router.observe(m_call, 200);
    m_exchange->post([self = shared_from_this(), headers](http::Exchange &exchange) {
        exchange.onDrain([weak = std::weak_ptr(self)] {
            if (const auto waiting = weak.lock())
                waiting->next();
        });
        // Holds this export for as long as somebody waits for it; dropped with the exchange's callbacks.
        exchange.onCancel([self] { self->m_isDone = true; });
        exchange.beginStream(200, headers);
        self->next();
    });
}

void TenantExport::write(const Tenant &tenant)
{
    if (!m_file->open())
        throw std::runtime_error("a temporary file could not be made: " + m_file->errorString().toStdString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto line = [&](const QByteArray &text) {
        hash.addData(text + '\n');
        if (m_file->write(text + '\n') != text.size() + 1)
            throw std::runtime_error("an export could not be written: " + m_file->errorString().toStdString());
    };
    m_database.transaction({tenant.id}, [&](Transaction &tx) {
        tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        // An erasure waits until this is over; see Migrations::dropTenantSchema().
        tx.run("SELECT pg_advisory_xact_lock_shared(hashtext('tenant export'), hashtext($1::text))", tenant.id);
        line(json::print(QJsonObject{{u"format"_s, u"patio-tenant-1"_s},
                                     {u"tenant"_s, json::object(json::print(tenant))},
                                     {u"exportedAt"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                                     {u"tables"_s, QJsonArray::fromStringList(TenantTables::exported())}}));
        QJsonObject rows;
        for (const QString &table : TenantTables::exported())
            rows.insert(table, 0);
        TenantTables::eachRow(tx, [&](const QString &table, const QString &row) {
            if (!m_exchange->alive())
                throw ApiError::conflict(u"Nobody waits for this export any more."_s);
            line("{\"table\":\"" + table.toLatin1() + "\",\"row\":" + row.toUtf8() + '}');
            rows[table] = rows[table].toInteger() + 1;
        });
        line(json::print(QJsonObject{{u"rows"_s, rows}, {u"sha256"_s, QString::fromLatin1(hash.result().toHex())}}));
    });
    if (!m_file->seek(0))
        throw std::runtime_error("an export could not be read again");
}

void TenantExport::next()
{
    if (m_isReading || m_isDone || !m_exchange->alive())
        return;
    m_isReading = true;
    if (!m_work([self = shared_from_this()] { self->readPiece(); })) {
        qCWarning(lcTenantExport) << "an export was cut off: the workers are busy";
        m_isDone = true;
        m_exchange->onCancel({}); // the last that held it
    }
}

void TenantExport::readPiece()
{
    const QByteArray piece = m_file->read(pieceSize);
    const bool isLast = m_file->atEnd();
    const bool failed = piece.isEmpty() && !isLast;
    m_exchange->post([self = shared_from_this(), piece, isLast, failed](http::Exchange &exchange) {
        self->m_isReading = false;
        const bool hasRoom = failed || exchange.write(piece);
        if (failed || isLast) {
            self->m_isDone = true;
            isLast ? exchange.finish() : exchange.onCancel({});
        } else if (hasRoom) {
            self->next();
        }
    });
}
