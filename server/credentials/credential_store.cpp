// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace CredentialStore {

QList<Credential> list(Transaction &tx, const database::Fragment &rows)
{
    return tx.allWhere<Credential>(R"(
        SELECT *
        FROM (SELECT one.id, one.provider, one.kind, one.key_hint, one.base_url, one.set_by_name, one.set_at,
                     checked.result AS last_check, one.created_at, one.revision
              FROM provider_credentials AS one LEFT JOIN provider_checks AS checked ON checked.credential_id = one.id
             ) AS credentials
        WHERE {where}
        ORDER BY provider)",
                                   rows);
}

std::optional<Credential> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Credential>(R"(
        SELECT one.id, one.provider, one.kind, one.key_hint, one.base_url, one.set_by_name, one.set_at,
               checked.result AS last_check, one.created_at, one.revision
        FROM provider_credentials AS one LEFT JOIN provider_checks AS checked ON checked.credential_id = one.id
        WHERE one.id = $1)",
                                id);
}

QList<Row> rows(Transaction &tx)
{
    return tx.all<Row>(R"(
        SELECT id, provider, kind, base_url, sealed_key, key_hint, revision
        FROM provider_credentials
        ORDER BY provider)");
}

std::optional<Row> row(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Row>(R"(
        SELECT id, provider, kind, base_url, sealed_key, key_hint, revision
        FROM provider_credentials
        WHERE id = $1)",
                         id);
}

std::optional<Row> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Row>(R"(
        SELECT id, provider, kind, base_url, sealed_key, key_hint, revision
        FROM provider_credentials
        WHERE id = $1
        FOR UPDATE)",
                         id);
}

QList<Offer> offers(Transaction &tx)
{
    return tx.all<Offer>(R"(
        SELECT one.provider, one.base_url IS NOT NULL AS has_address, coalesce(checked.models, '{}') AS models
        FROM provider_credentials AS one LEFT JOIN provider_checks AS checked ON checked.credential_id = one.id
        ORDER BY one.provider)");
}

void insert(Transaction &tx, const Row &row, const Author &author)
try {
    tx.run(R"(
        INSERT INTO provider_credentials (id, provider, kind, base_url, sealed_key, key_hint, set_by_id, set_by_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8))",
           row.id, row.provider, row.kind, row.baseUrl, row.sealedKey, row.keyHint, author.id, author.name);
} catch (const pqxx::unique_violation &) {
    ApiError error = ApiError::conflict(
        u"There is already a key for “%1”. Replace that one, or remove it first."_s.arg(row.provider));
    error.errors = {{u"/provider"_s, u"has a key already"_s}};
    throw error;
}

void update(Transaction &tx, const Row &row, const Author &author)
{
    tx.run(R"(
        UPDATE provider_credentials
        SET base_url = $2, sealed_key = $3, key_hint = $4, set_by_id = $5, set_by_name = $6, set_at = now()
        WHERE id = $1)",
           row.id, row.baseUrl, row.sealedKey, row.keyHint, author.id, author.name);
    tx.run("DELETE FROM provider_checks WHERE credential_id = $1", row.id);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM provider_credentials WHERE id = $1", id); }

void saveCheck(Transaction &tx, const Row &tested, const CredentialCheck &check, const QList<QString> &models)
{
    tx.run(R"(
        INSERT INTO provider_checks (credential_id, result, models)
        SELECT id, $3, $4 FROM provider_credentials WHERE id = $1 AND revision = $2 FOR UPDATE
        ON CONFLICT (credential_id) DO UPDATE SET result = excluded.result, models = excluded.models)",
           tested.id, tested.revision, check, models);
}

} // namespace CredentialStore
