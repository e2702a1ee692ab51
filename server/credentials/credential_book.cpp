// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_book.h"

#include "server/credentials/credential_store.h"
#include "server/database/listener.h"
#include "server/security/secret_box.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcCredentials, "server.credentials")

QByteArray CredentialBook::purpose(const QUuid &tenantId, const QUuid &credentialId)
{
    return "provider credential " + tenantId.toByteArray(QUuid::WithoutBraces) + ' '
        + credentialId.toByteArray(QUuid::WithoutBraces);
}

CredentialBook::Access CredentialBook::of(const QUuid &tenantId)
{
    if (Access access = known(tenantId))
        return access;
    return m_database.transaction({tenantId}, [&](Transaction &tx) { return read(tx, tenantId); });
}

CredentialBook::Access CredentialBook::of(Transaction &tx, const QUuid &tenantId)
{
    Access access = known(tenantId);
    return access ? access : read(tx, tenantId);
}

CredentialBook::Access CredentialBook::known(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    const Entry *entry = m_entries.find(tenantId);
    if (!entry || (!m_isComplete && Clock::now() - entry->readAt > 1s))
        return nullptr;
    return entry->access;
}

CredentialBook::Access CredentialBook::read(Transaction &tx, const QUuid &tenantId)
{
    std::unique_lock lock(m_mutex);
    const quint64 changes = m_changes;
    lock.unlock();

    auto access = std::make_shared<QList<providers::TenantProvider>>();
    const Clock::time_point readAt = Clock::now();
    for (const CredentialStore::Row &row : CredentialStore::rows(tx)) {
        providers::TenantProvider one{.name = row.provider,
                                      .kind = row.kind,
                                      .credentials = {{}, QUrl(row.baseUrl.value_or(QString()), QUrl::StrictMode)},
                                      .problem = {}};
        try {
            if (row.sealedKey)
                one.credentials.apiKey = m_box.open(*row.sealedKey, purpose(tenantId, row.id));
        } catch (const SecretBoxError &error) {
            qCWarning(lcCredentials).noquote()
                << "The key of" << row.provider << "in tenant" << tenantId.toString(QUuid::WithoutBraces)
                << "cannot be opened:" << error.what();
            one.problem =
                u"The tenant's key of “%1” cannot be opened with the server's master key. Give it again under "
                "Provider keys, or let the operator put the former master key back."_s.arg(row.provider);
        }
        access->append(one);
    }

    lock.lock();
    if (changes == m_changes)
        m_entries.put(tenantId, {access, readAt});
    return access;
}

void CredentialBook::announce(Transaction &tx, const QUuid &tenantId)
{
    tx.run("SELECT pg_notify($1, $2)", QString::fromLatin1(channel), tenantId.toString(QUuid::WithoutBraces));
}

void CredentialBook::forget(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    ++m_changes;
    m_entries.remove(tenantId);
}

void CredentialBook::follow(Listener &listener)
{
    const auto start = [this](bool isComplete) {
        const std::lock_guard lock(m_mutex);
        ++m_changes;
        m_entries.clear(); // announcements may have been missed
        m_isComplete = isComplete;
    };
    QObject::connect(&listener, &Listener::reconnected, &listener, [start] { start(true); });
    QObject::connect(&listener, &Listener::disconnected, &listener, [start] { start(false); });
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            forget(QUuid::fromString(payload));
    });
}
