// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/dataset_store.h"

#include "server/database/columns.h"
#include "server/database/search_text.h"
#include "shared/error.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using database::column;

namespace DatasetStore {
namespace {

QString searched(const Dataset &dataset) { return searchText(dataset.name + u'\n' + dataset.description); }

[[noreturn]] void refuseName(const QString &name)
{
    ApiError error = ApiError::conflict(u"There is already a dataset with the name “%1”."_s.arg(name));
    error.errors = {{u"/name"_s, u"is taken"_s}};
    throw error;
}

// A case on its way into its table: lists of lists travel as JSON.
struct CaseRow
{
    QUuid id;
    QJsonObject variables;
    std::optional<QString> expected;
    QList<QString> tags;
    QList<Assertion> assertions;
    std::optional<QUuid> jobId;

    static constexpr auto fields()
    {
        using T = CaseRow;
        return std::tuple{Field{"id", &T::id},     Field{"variables", &T::variables},   Field{"expected", &T::expected},
                          Field{"tags", &T::tags}, Field{"assertions", &T::assertions}, Field{"job_id", &T::jobId}};
    }
};

struct JobInput
{
    QUuid id;
    QJsonObject variables;

    static constexpr auto fields()
    {
        return std::tuple{Field{"id", &JobInput::id}, Field{"variables", &JobInput::variables}};
    }
};

} // namespace

QList<Dataset> list(Transaction &tx, const DatasetFilter &filter, const std::optional<QUuid> &before, int limit)
{
    return tx.all<Dataset>(R"(
        SELECT id, name, description, tags, assertions, pass_score, case_count, author_id, author_name, created_at,
               updated_at, revision
        FROM dataset_overview
        WHERE ($1::text IS NULL OR strpos(search_text, $1) > 0) AND ($2::text IS NULL OR $2 = ANY (tags))
          AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4)",
                           filter.search ? std::optional(searchText(*filter.search)) : std::nullopt, filter.tag, before,
                           limit);
}

std::optional<Dataset> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Dataset>(R"(
        SELECT id, name, description, tags, assertions, pass_score, case_count, author_id, author_name, created_at,
               updated_at, revision
        FROM dataset_overview
        WHERE id = $1)",
                             id);
}

std::optional<Dataset> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM datasets WHERE id = $1 FOR UPDATE", id);
    return find(tx, id);
}

qint64 count(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM datasets"); }

void insert(Transaction &tx, const Dataset &dataset)
try {
    tx.run(R"(
        INSERT INTO datasets (id, name, description, tags, assertions, pass_score, search_text, author_id, author_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
           dataset.id, dataset.name, dataset.description, dataset.tags, dataset.assertions, dataset.passScore,
           searched(dataset), dataset.authorId, dataset.authorName);
} catch (const pqxx::unique_violation &) {
    refuseName(dataset.name);
}

void update(Transaction &tx, const Dataset &dataset)
try {
    tx.run(R"(
        UPDATE datasets
        SET name = $2, description = $3, tags = $4, assertions = $5, pass_score = $6, search_text = $7
        WHERE id = $1)",
           dataset.id, dataset.name, dataset.description, dataset.tags, dataset.assertions, dataset.passScore,
           searched(dataset));
} catch (const pqxx::unique_violation &) {
    refuseName(dataset.name);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("DELETE FROM datasets WHERE id = $1", id); }

QList<EvaluationCase> cases(Transaction &tx, const QUuid &dataset, const CaseFilter &filter, int after, int limit)
{
    return tx.all<EvaluationCase>(R"(
        SELECT id, dataset_id, number, variables, expected, tags, assertions, job_id, created_at, updated_at, revision
        FROM evaluation_cases
        WHERE dataset_id = $1 AND number > $2
          AND ($3::text IS NULL OR strpos(lower(variables::text || ' ' || coalesce(expected, '')), lower($3)) > 0)
          AND ($4::text IS NULL OR $4 = ANY (tags))
        ORDER BY number
        LIMIT $5)",
                                  dataset, after, filter.search, filter.tag, limit);
}

QList<EvaluationCase> find(Transaction &tx, const QUuid &dataset, const QList<QUuid> &ids)
{
    return tx.all<EvaluationCase>(R"(
        SELECT id, dataset_id, number, variables, expected, tags, assertions, job_id, created_at, updated_at, revision
        FROM evaluation_cases
        WHERE dataset_id = $1 AND id = ANY ($2))",
                                  dataset, ids);
}

QList<EvaluationCase> all(Transaction &tx, const QUuid &dataset, const std::optional<QList<QString>> &tags, int limit)
{
    return tx.all<EvaluationCase>(R"(
        SELECT id, dataset_id, number, variables, expected, tags, assertions, job_id, created_at, updated_at, revision
        FROM evaluation_cases
        WHERE dataset_id = $1 AND ($2::text[] IS NULL OR tags && $2)
        ORDER BY number
        LIMIT $3)",
                                  dataset, tags, limit);
}

QList<EvaluationCase> add(Transaction &tx, const QUuid &dataset, const QList<NewEvaluationCase> &cases,
                          const QList<QUuid> &jobs)
{
    QList<CaseRow> rows;
    for (qsizetype i = 0; i < cases.size(); ++i) {
        const NewEvaluationCase &one = cases[i];
        rows.append({newId(), one.variables, one.expected, one.tags, one.assertions,
                     i < jobs.size() ? std::optional(jobs[i]) : std::nullopt});
    }
    tx.run(R"(
        WITH added AS (
            SELECT one.value, one.place
            FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS one (value, place)
        )
        INSERT INTO evaluation_cases (id, dataset_id, number, variables, expected, tags, assertions, job_id)
        SELECT (value ->> 'id')::uuid, $1,
               (SELECT coalesce(max(number), 0) FROM evaluation_cases WHERE dataset_id = $1) + place::integer,
               value -> 'variables', value ->> 'expected',
               ARRAY(SELECT jsonb_array_elements_text(value -> 'tags')), value -> 'assertions',
               (value ->> 'job_id')::uuid
        FROM added)",
           dataset, rows);
    const QList<QUuid> ids = column(rows, &CaseRow::id);
    QList<EvaluationCase> made = find(tx, dataset, ids);
    std::sort(made.begin(), made.end(),
              [](const EvaluationCase &a, const EvaluationCase &b) { return a.number < b.number; });
    return made;
}

void update(Transaction &tx, const QList<EvaluationCase> &cases)
{
    QList<CaseRow> rows;
    for (const EvaluationCase &one : cases)
        rows.append({one.id, one.variables, one.expected, one.tags, one.assertions, one.jobId});
    tx.run(R"(
        UPDATE evaluation_cases AS c
        SET variables = value -> 'variables', expected = value ->> 'expected',
            tags = ARRAY(SELECT jsonb_array_elements_text(value -> 'tags')), assertions = value -> 'assertions'
        FROM jsonb_array_elements($1::jsonb) AS one (value)
        WHERE c.id = (value ->> 'id')::uuid)",
           rows);
}

void remove(Transaction &tx, const QUuid &dataset, const QList<QUuid> &cases)
{
    tx.run("DELETE FROM evaluation_cases WHERE dataset_id = $1 AND id = ANY ($2)", dataset, cases);
}

QList<Variable> variables(Transaction &tx, const QUuid &dataset)
{
    return tx.all<Variable>(R"(
        SELECT member.key AS name, bool_or(jsonb_typeof(member.value) <> 'string' OR member.value = '""') AS is_json
        FROM evaluation_cases AS c, jsonb_each(c.variables) AS member
        WHERE c.dataset_id = $1
        GROUP BY member.key
        ORDER BY min(c.number), member.key)",
                            dataset);
}

QHash<QUuid, QJsonObject> jobVariables(Transaction &tx, const QList<QUuid> &jobs)
{
    QHash<QUuid, QJsonObject> variables;
    for (const JobInput &job : tx.all<JobInput>("SELECT id, variables FROM jobs WHERE id = ANY ($1)", jobs))
        variables.insert(job.id, job.variables);
    return variables;
}

} // namespace DatasetStore
