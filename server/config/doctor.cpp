// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/doctor.h"

#include "server/database/embedded_postgres.h"
#include "server/database/session.h"
#include "server/database/setup_error.h"
#include "server/limits/redis_check.h"
#include "server/security/secret_box.h"

#include <QDir>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace {

Finding good(const QString &subject, const QString &detail) { return {subject, true, detail}; }
Finding bad(const QString &subject, const QString &detail) { return {subject, false, detail}; }

Finding dataFolder(const Config &config)
{
    const QString subject = u"data folder"_s;
    const QFileInfo info(config.dataFolder);
    if (!info.exists())
        return good(subject, u"%1 will be made at the first start."_s.arg(config.dataFolder));
    if (!info.isDir() || !info.isWritable())
        return bad(subject,
                   u"%1 is no folder that this user can write. Choose another with --data."_s.arg(config.dataFolder));
    return good(subject, config.dataFolder);
}

Finding masterKey(const Config &config)
{
    const QString subject = u"master key"_s;
    const QString file = config.dataFolder + u"/master.key"_s;
    try {
        if (!config.masterKey.isEmpty())
            return SecretBox::fromText(config.masterKey), good(subject, u"from the configuration"_s);
        if (!QFileInfo::exists(file))
            return good(subject,
                        u"%1 will be made at the first start. Keep a copy of it apart from the database."_s.arg(file));
        SecretBox::fromFile(file);
        return good(subject, file);
    } catch (const SecretBoxError &error) {
        return bad(subject, QString::fromUtf8(error.what()));
    }
}

Finding reachable(const QString &subject, const QString &url)
{
    try {
        database::Session session({.url = url.toStdString()});
        return good(subject, u"reachable"_s);
    } catch (const std::exception &error) {
        return bad(subject, u"cannot be reached: %1"_s.arg(QString::fromUtf8(error.what()).simplified()));
    }
}

Finding embeddedPostgres(const Config &config)
{
    const QString subject = u"embedded PostgreSQL"_s;
    if (!QFileInfo::exists(config.dataFolder + u"/postgres/cluster"_s))
        return good(subject, u"will be made at the first start."_s);
    try {
        EmbeddedPostgres postgres({.dataFolder = config.dataFolder});
        postgres.start();
        postgres.stop();
        return good(subject, u"starts and stops"_s);
    } catch (const std::exception &error) {
        return bad(subject, QString::fromUtf8(error.what()));
    }
}

Finding address(const Config &config)
{
    const QString subject = u"address"_s;
    const QString text = u"%1:%2"_s.arg(config.listenHost).arg(config.listenPort);
    QTcpServer probe;
    const QHostAddress host =
        config.listenHost == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(config.listenHost);
    if (probe.listen(host, quint16(config.listenPort)))
        return good(subject, u"%1 is free."_s.arg(text));
    return bad(subject,
               u"%1: %2. A server may be running already; else choose another with --listen."_s.arg(
                   text, probe.errorString()));
}

Finding certificate(const Config &config)
{
    const QString subject = u"TLS"_s;
    if (config.tlsCertificate.isEmpty())
        return good(subject, u"off"_s);
    const auto chain = QSslCertificate::fromPath(config.tlsCertificate);
    if (chain.isEmpty())
        return bad(subject, u"%1 holds no certificate."_s.arg(config.tlsCertificate));
    if (chain.first().expiryDate() < QDateTime::currentDateTimeUtc())
        return bad(subject, u"the certificate ended on %1."_s.arg(chain.first().expiryDate().toString(Qt::ISODate)));
    QFile file(config.tlsKey);
    if (!file.open(QIODevice::ReadOnly))
        return bad(subject, u"%1 cannot be read."_s.arg(config.tlsKey));
    return good(subject, u"the certificate is good until %1."_s.arg(chain.first().expiryDate().toString(Qt::ISODate)));
}

Finding knownProviders(const Config &config)
{
    QStringList known{u"demo"_s};
    if (!config.openaiKey.isEmpty() || !config.openaiBaseUrl.isEmpty())
        known.append(u"openai"_s);
    if (!config.anthropicKey.isEmpty() || !config.anthropicBaseUrl.isEmpty())
        known.append(u"anthropic"_s);
    if (!config.googleKey.isEmpty() || !config.googleBaseUrl.isEmpty())
        known.append(u"google"_s);
    QString detail = known.join(", "_L1);
    if (known.size() == 1)
        detail += u". Set OPENAI_API_KEY, ANTHROPIC_API_KEY or GEMINI_API_KEY to use a real one."_s;
    return good(u"providers"_s, detail);
}

} // namespace

QList<Finding> examine(const Config &config)
{
    QList<Finding> findings{dataFolder(config), masterKey(config)};
    if (config.databaseUrl.isEmpty()) {
        findings.append(embeddedPostgres(config));
    } else {
        findings.append(reachable(u"database"_s, config.databaseUrl));
        if (!config.databaseOwnerUrl.isEmpty())
            findings.append(reachable(u"database as owner"_s, config.databaseOwnerUrl));
    }
    if (!config.redisUrl.isEmpty())
        findings.append(examineRedis(config.redisUrl));
    if (config.roles.api)
        findings += {address(config), certificate(config)};
    findings.append(knownProviders(config));
    return findings;
}
