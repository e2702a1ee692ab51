// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_verify.h"

#include "server/audit/audit_chain.h"
#include "server/database/session.h"
#include "server/database/setup_error.h"
#include "server/database/tenant_scope.h"

#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sha256Size = 32; // bytes

struct VerifiedTenant
{
    QUuid id;
    QString slug;

    static constexpr auto fields()
    {
        return std::tuple{Field{"id", &VerifiedTenant::id}, Field{"slug", &VerifiedTenant::slug}};
    }
};

using Anchors = QHash<QUuid, QList<ChainHead>>;

// Lines of "TENANT-ID SEQUENCE HASH …", as this program prints them; others are passed over.
Anchors readAnchors(const QString &path)
{
    Anchors anchors;
    if (path.isEmpty())
        return anchors;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw SetupError(u"The anchors %1 cannot be read: %2."_s.arg(path, file.errorString()));
    while (!file.atEnd()) {
        const QStringList words = QString::fromUtf8(file.readLine()).simplified().split(u' ');
        const QUuid tenant = QUuid::fromString(words.first());
        const QByteArray hash = QByteArray::fromHex(words.value(2).toLatin1());
        if (!tenant.isNull() && hash.size() == sha256Size)
            anchors[tenant].append({words.value(1).toLongLong(), hash});
    }
    if (anchors.isEmpty())
        throw SetupError(u"The file %1 holds no anchor: give it what an earlier run printed."_s.arg(path));
    return anchors;
}

// One state of the whole database.
template<class Read> auto snapshot(database::Session &session, const std::string &entering, const Read &read)
{
    session.begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = " + entering
                  + ", pg_temp");
    Transaction tx(session);
    auto result = read(tx);
    session.rollback(); // nothing was written
    return result;
}

QString findingLine(const ChainFinding &finding, const VerifiedTenant &tenant)
{
    QString line = u"WRONG %1: %2 at sequence %3"_s.arg(tenant.slug, json::name(finding.fault)).arg(finding.sequence);
    if (!finding.id.isNull())
        line += u", id %1, time %2"_s.arg(finding.id.toString(QUuid::WithoutBraces),
                                          finding.at.toString(Qt::ISODateWithMs));
    return line + u": "_s + finding.detail + u'\n';
}

} // namespace

AuditVerdict verifyAudit(const std::string &ownerUrl, const AuditVerifyOptions &options)
{
    Anchors anchors = readAnchors(options.anchors);
    // Nothing is prepared, because a cursor lives in one transaction only.
    database::Session session({.url = ownerUrl,
                               .statementTimeout = std::chrono::milliseconds(0),
                               .idleTransactionTimeout = std::chrono::milliseconds(0),
                               .throughPooler = true});
    const auto tenants = snapshot(session, "platform", [](Transaction &tx) {
        return tx.all<VerifiedTenant>("SELECT id, slug FROM platform.tenants ORDER BY slug");
    });

    AuditVerdict verdict;
    int chains = 0;
    qint64 entries = 0;
    for (const VerifiedTenant &tenant : tenants) {
        const QList<ChainHead> own = anchors.take(tenant.id);
        if (!options.tenant.isEmpty() && tenant.slug != options.tenant)
            continue;
        const ChainReport report = snapshot(session, database::tenantName(tenant.id),
                                            [&](Transaction &tx) { return AuditChain::verify(tx, tenant.id, own); });
        ++chains;
        entries += report.entries;
        verdict.isGood = verdict.isGood && report.findings.isEmpty();
        verdict.text += u"%1 %2 %3 %4\n"_s.arg(tenant.id.toString(QUuid::WithoutBraces))
                            .arg(report.end.sequence)
                            .arg(QString::fromLatin1(report.end.hash.toHex()), tenant.slug);
        for (const ChainFinding &finding : report.findings)
            verdict.text += findingLine(finding, tenant);
    }
    if (chains == 0)
        throw SetupError(u"There is no tenant with the slug “%1”."_s.arg(options.tenant));
    if (options.tenant.isEmpty()) {
        for (auto gone = anchors.constBegin(); gone != anchors.constEnd(); ++gone) {
            verdict.isGood = false;
            verdict.text +=
                u"WRONG %1: the tenant and its log are gone\n"_s.arg(gone.key().toString(QUuid::WithoutBraces));
        }
    }
    verdict.text += verdict.isGood ? u"Good: %1 entries in %2 logs.\n"_s.arg(entries).arg(chains)
                                   : u"The audit log was tampered with: see the lines that begin with WRONG.\n"_s;
    return verdict;
}
