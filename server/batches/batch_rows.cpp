// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_rows.h"

#include "server/permissions/access.h"
#include "shared/error.h"
#include "shared/templates/variables_schema.h"

using namespace Qt::StringLiterals;

namespace BatchRows {
namespace {

constexpr qsizetype mostProblems = 100;
constexpr qsizetype largestBatch = 48'000'000; // UTF-16 units, the messages of all rows together
constexpr auto variablesPointer = "/variables"_L1;

// What a cell of a table stands for, as far as the schema asks for something else than text.
QJsonValue typed(const QString &text, const QJsonObject &schema, const QJsonObject &document)
{
    QJsonObject wanted = schema;
    for (int depth = 0; depth < 10 && wanted.contains(u"$ref"_s); ++depth)
        wanted = templates::atReference(document, wanted.value(u"$ref"_s).toString()).toObject();
    const QJsonValue type = wanted.value(u"type"_s);
    const auto asksFor = [&](QLatin1StringView name) {
        return type == name || type.toArray().contains(QJsonValue(name));
    };
    if (asksFor("number"_L1) || asksFor("integer"_L1)) {
        bool isWhole = false, isNumber = false;
        const qint64 whole = text.trimmed().toLongLong(&isWhole);
        const double number = text.trimmed().toDouble(&isNumber);
        if (isWhole)
            return whole;
        if (isNumber)
            return number;
    }
    if (asksFor("boolean"_L1) && (text.trimmed() == "true"_L1 || text.trimmed() == "false"_L1))
        return text.trimmed() == "true"_L1;
    if (asksFor("array"_L1) || asksFor("object"_L1)) {
        try {
            const QJsonValue value = json::document(text.toUtf8());
            if (value.isArray() || value.isObject())
                return value;
        } catch (const json::SyntaxError &) {
            // then it stays text, and the schema says what is wrong
        }
    }
    return text;
}

QJsonObject typed(const QJsonObject &row, const Generation::Version &version)
{
    const QJsonObject schema =
        version && version->used.variablesSchema ? *version->used.variablesSchema : QJsonObject();
    const QJsonObject properties = schema.value(u"properties"_s).toObject();
    QJsonObject typedRow;
    for (auto it = row.begin(); it != row.end(); ++it)
        if (!it->isString())
            typedRow.insert(it.key(), it.value());
        else if (!it->toString().isEmpty())
            typedRow.insert(it.key(), typed(it->toString(), properties.value(it.key()).toObject(), schema));
    return typedRow;
}

class Problems
{
public:
    // Rethrows what is not a row's own.
    void add(qsizetype row, const ApiError &error)
    {
        for (const json::Problem &problem : error.errors)
            if (!problem.pointer.startsWith(variablesPointer))
                throw error;
        if (error.errors.isEmpty())
            throw error;
        ++m_rows;
        m_count += error.errors.size();
        for (const json::Problem &problem : error.errors)
            if (m_first.size() < mostProblems)
                m_first.append({u"/inputs/%1"_s.arg(row) + problem.pointer.sliced(variablesPointer.size()),
                                u"row %1: %2"_s.arg(row + 1).arg(problem.message)});
    }

    void raise(qsizetype rows) const
    {
        if (m_count == 0)
            return;
        ApiError error = ApiError::invalid(m_first);
        error.detail = u"%1 of %2 rows cannot be used, with %3 problems in all%4. Nothing was queued."_s.arg(m_rows)
                           .arg(rows)
                           .arg(m_count)
                           .arg(m_count > mostProblems ? u"; the first %1 are listed"_s.arg(mostProblems) : QString());
        throw error;
    }

private:
    QList<json::Problem> m_first;
    qsizetype m_count = 0;
    qsizetype m_rows = 0;
};

} // namespace

QList<PreparedGeneration> prepare(Transaction &tx, const Caller &caller, const NewBatch &input)
{
    GenerateRequest request;
    request.promptTemplate = input.promptTemplate;
    request.version = input.version;
    request.label = input.label;
    request.model = input.model;
    request.parameters = input.parameters;
    request.priority = input.priority;
    request.runAt = input.runAt;
    request.maxAttempts = input.maxAttempts;
    request.metadata = input.metadata;
    request.cache = input.cache;
    const auto version = Generation::versionFor(tx, request);
    QList<PreparedGeneration> rows;
    rows.reserve(input.inputs.size());
    Problems problems;
    qsizetype length = 0;
    for (qsizetype i = 0; i < input.inputs.size(); ++i) {
        request.variables = input.inputsAreText ? typed(input.inputs[i], version) : input.inputs[i];
        try {
            PreparedGeneration row{Generation::plan(version, caller.tenantId, request), {}, input.cache};
            row.messages = row.plan.messages();
            row.plan.messages = {};
            for (const PromptMessage &message : std::as_const(row.messages))
                length += message.content.size();
            rows.append(std::move(row));
        } catch (const ApiError &error) {
            problems.add(i, error);
        }
        if (length > largestBatch)
            throw ApiError::invalid(u"/inputs"_s,
                                    u"come to more than %L1 characters of prompts; split them"_s.arg(largestBatch));
    }
    problems.raise(input.inputs.size());
    if (caller.policy && caller.policy->speaksOfFields()) {
        Job job; // whether the caller may set what all of them set
        job.userId = caller.userId;
        job.model = rows.first().plan.model;
        job.templateId = rows.first().plan.templateId;
        Access::requireNew(caller, Ability::JobsCreate, job, request);
    }
    return rows;
}

} // namespace BatchRows
