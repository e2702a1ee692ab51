// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_service.h"

#include "server/audit/audit_log.h"
#include "server/credentials/credential_rules.h"
#include "server/events/event_log.h"
#include "server/permissions/access.h"
#include "server/security/secret_box.h"
#include "shared/error.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype most = 20; // of a tenant

ApiError noCredential() { return ApiError::notFound(u"The provider key"_s); }

CredentialStore::Author author(const Caller &caller) { return {caller.userId, caller.displayName}; }

NewEvent event(const Credential &credential, const char *name)
{
    return {u"credential/"_s + credential.id.toString(QUuid::WithoutBraces), QString::fromLatin1(name),
            json::print(credential)};
}

std::optional<QString> unlessEmpty(const std::optional<QString> &text)
{
    return text && !text->isEmpty() ? text : std::nullopt;
}

// One that the caller may change in this way.
Credential found(Transaction &tx, const Caller &caller, Ability ability, const QUuid &id)
{
    const Credential credential =
        Access::readable(caller, Ability::CredentialsRead, CredentialStore::find(tx, id), noCredential());
    Access::require(caller, ability, credential);
    return credential;
}

CredentialStore::Row locked(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    const auto row = CredentialStore::lock(tx, id);
    if (!row)
        throw noCredential();
    if (revision && *revision != row->revision)
        throw ApiError::changed(u"The provider key"_s);
    return *row;
}

// A provider may name its models as it likes, but not everything can be kept or asked for.
QList<QString> usable(const QStringList &models)
{
    QList<QString> names;
    for (const QString &model : models) {
        const bool isPlain =
            model.isValidUtf16() && std::all_of(model.begin(), model.end(), [](QChar c) { return c.isPrint(); });
        if (isPlain)
            names.append(model);
    }
    return names;
}

} // namespace

CredentialService::CredentialService(Database &database, const SecretBox &box, CredentialBook &book,
                                     providers::AddressPolicy addresses, Changed changed)
    : m_database(database),
      m_box(box),
      m_book(book),
      m_addresses(addresses),
      m_changed(std::move(changed))
{
}

Page<Credential> CredentialService::list(const Caller &caller)
{
    Page<Credential> page;
    const database::Fragment rows = Access::rows<Credential>(caller, Ability::CredentialsRead);
    page.items =
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return CredentialStore::list(tx, rows); });
    return page;
}

Credential CredentialService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(),
                                  [&](Transaction &tx) { return found(tx, caller, Ability::CredentialsRead, id); });
}

// Runs change(tx, before), which notes the credential as it was, gives it as it is afterwards, and lets everybody know.
template<class Change>
Credential CredentialService::changed(const Caller &caller, const char *name, Ability ability, Change &&change)
{
    const Credential credential = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        std::optional<QJsonObject> before;
        const Credential credential = change(tx, before);
        EventLog::append(tx, {event(credential, name)});
        AuditEvent audited{
            .action = AuditLog::actionOf(ability), .subject = {credential.id, credential.provider}, .before = before};
        if (ability != Ability::CredentialsDelete)
            audited.after = AuditJson::of(credential);
        AuditLog::record(tx, caller, audited);
        CredentialBook::announce(tx, caller.tenantId);
        return credential;
    });
    m_book.forget(caller.tenantId);
    m_changed();
    return credential;
}

void CredentialService::setKey(CredentialStore::Row &row, const QUuid &tenantId, const QString &key) const
{
    row.sealedKey = m_box.seal(key.toUtf8(), CredentialBook::purpose(tenantId, row.id));
    row.keyHint = CredentialRules::hint(key);
}

Credential CredentialService::create(const Caller &caller, const NewCredential &input)
{
    CredentialRules::check(input, m_addresses);
    CredentialStore::Row row;
    row.id = newId();
    row.provider = input.provider;
    row.kind = input.kind;
    row.baseUrl = unlessEmpty(input.baseUrl);
    if (input.key)
        setKey(row, caller.tenantId, *input.key);
    return changed(caller, "credential.created", Ability::CredentialsCreate, [&](Transaction &tx, auto &) {
        if (CredentialStore::rows(tx).size() >= most)
            throw ApiError::conflict(u"A tenant has at most %1 provider keys. Remove one first."_s.arg(most));
        CredentialStore::insert(tx, row, author(caller));
        const Credential made = CredentialStore::find(tx, row.id).value();
        Access::requireNew(caller, Ability::CredentialsCreate, made, input);
        return made;
    });
}

Credential CredentialService::update(const Caller &caller, const QUuid &id, qint64 revision,
                                     const CredentialChange &change)
{
    return changed(caller, "credential.updated", Ability::CredentialsUpdate, [&](Transaction &tx, auto &before) {
        CredentialStore::Row row = locked(tx, id, revision);
        const Credential old = found(tx, caller, Ability::CredentialsUpdate, id);
        Access::requireFields(caller, Ability::CredentialsUpdate, old, change);
        before = AuditJson::of(old);
        CredentialRules::check(change, row, m_addresses);
        if (change.key)
            setKey(row, caller.tenantId, *change.key);
        if (change.baseUrl)
            row.baseUrl = unlessEmpty(change.baseUrl);
        CredentialStore::update(tx, row, author(caller));
        const Credential now = CredentialStore::find(tx, id).value();
        Access::require(caller, Ability::CredentialsUpdate, now);
        return now;
    });
}

void CredentialService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    changed(caller, "credential.removed", Ability::CredentialsDelete, [&](Transaction &tx, auto &before) {
        locked(tx, id, revision);
        const Credential last = found(tx, caller, Ability::CredentialsDelete, id);
        before = AuditJson::of(last);
        CredentialStore::remove(tx, id);
        return last;
    });
}

CredentialService::Question CredentialService::question(const Caller &caller, const QUuid &id)
{
    const auto row = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        found(tx, caller, Ability::CredentialsUpdate, id);
        return CredentialStore::row(tx, id);
    });
    if (!row)
        throw noCredential();
    const auto access = m_book.of(caller.tenantId);
    const auto own = std::find_if(access->begin(), access->end(),
                                  [&](const providers::TenantProvider &one) { return one.name == row->provider; });
    return own == access->end() ? throw noCredential() : Question{*row, *own};
}

CredentialCheck CredentialService::answer(const Caller &caller, const Question &question,
                                          const providers::ModelListing &listing)
{
    const QList<QString> models = usable(listing.models);
    CredentialCheck check;
    check.works = !listing.error;
    check.code = listing.error ? listing.error->code : u"ok"_s;
    check.message =
        listing.error ? listing.error->message : u"The key works. The provider names %1 models."_s.arg(models.size());
    check.models = int(models.size());
    check.checkedAt = QDateTime::currentDateTimeUtc();
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        CredentialStore::saveCheck(tx, question.row, check, models);
        if (const auto credential = CredentialStore::find(tx, question.row.id))
            EventLog::append(tx, {event(*credential, "credential.tested")});
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::CredentialsUpdate),
                          .subject = {question.row.id, question.row.provider},
                          .after = QJsonObject{{u"lastCheck"_s, AuditJson::of(check)}},
                          .reason = u"The key was tested."_s});
    });
    m_changed();
    return check;
}
