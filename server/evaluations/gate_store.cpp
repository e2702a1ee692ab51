// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/gate_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace GateStore {
namespace {

[[noreturn]] void refuseTwin()
{
    ApiError error = ApiError::conflict(u"There is already a gate for this template, label, dataset and model."_s);
    error.errors = {{u"/datasetId"_s, u"has a gate on this label already"_s}};
    throw error;
}

} // namespace

QList<Gate> list(Transaction &tx, const GateFilter &filter, const std::optional<QUuid> &before, int limit,
                 const database::Fragment &templates)
{
    return tx.allWhere<Gate>(R"(
        SELECT id, template_id, template_name, label, dataset_id, dataset_name, model, minimum_score,
               refuses_regressions, created_at, updated_at, revision
        FROM gate_overview
        WHERE ($1::uuid IS NULL OR template_id = $1) AND ($2::uuid IS NULL OR dataset_id = $2)
          AND ($3::text IS NULL OR label = $3) AND ($4::uuid IS NULL OR id < $4)
          AND template_id IN (SELECT id FROM templates WHERE {where})
        ORDER BY id DESC
        LIMIT $5)",
                             templates, filter.templateId, filter.datasetId, filter.label, before, limit);
}

std::optional<Gate> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Gate>(R"(
        SELECT id, template_id, template_name, label, dataset_id, dataset_name, model, minimum_score,
               refuses_regressions, created_at, updated_at, revision
        FROM gate_overview
        WHERE id = $1)",
                          id);
}

std::optional<Gate> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM gates WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

std::optional<Gate> firstOf(Transaction &tx, const QUuid &dataset)
{
    return tx.maybe<Gate>(R"(
        SELECT id, template_id, template_name, label, dataset_id, dataset_name, model, minimum_score,
               refuses_regressions, created_at, updated_at, revision
        FROM gate_overview
        WHERE dataset_id = $1
        ORDER BY id
        LIMIT 1)",
                          dataset);
}

QList<Gate> before(Transaction &tx, const QUuid &templateId, const QString &label)
{
    return tx.all<Gate>(R"(
        SELECT id, template_id, template_name, label, dataset_id, dataset_name, model, minimum_score,
               refuses_regressions, created_at, updated_at, revision
        FROM gate_overview
        WHERE template_id = $1 AND label = $2
        ORDER BY id)",
                        templateId, label);
}

qint64 count(Transaction &tx, const QUuid &templateId)
{
    return tx.one<qint64>("SELECT count(*) FROM gates WHERE template_id = $1", templateId);
}

void insert(Transaction &tx, const QUuid &id, const NewGate &gate)
try {
    tx.run(R"(
        INSERT INTO gates (id, template_id, label, dataset_id, model, minimum_score, refuses_regressions)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
           id, gate.templateId, gate.label, gate.datasetId, gate.model, gate.minimumScore, gate.refusesRegressions);
} catch (const pqxx::unique_violation &) {
    refuseTwin();
}

void update(Transaction &tx, const Gate &gate)
try {
    tx.run("UPDATE gates SET dataset_id = $2, model = $3, minimum_score = $4, refuses_regressions = $5 WHERE id = $1",
           gate.id, gate.datasetId, gate.model, gate.minimumScore, gate.refusesRegressions);
} catch (const pqxx::unique_violation &) {
    refuseTwin();
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM gates WHERE id = $1", id); }

} // namespace GateStore
