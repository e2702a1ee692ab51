// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"

// running ─► completed     when no job of it waits or runs; back to running when some are tried again
//   │  ▲
//   ▼  │
// paused ──► canceled      also from running
enum class BatchState { Running, Paused, Completed, Canceled };
template<> inline constexpr auto enumNames<BatchState> = std::to_array({"running", "paused", "completed", "canceled"});

// Who made it: a person or program that asked for many generations, or a run of an evaluation.
enum class BatchKind { Generate, Evaluation };
template<> inline constexpr auto enumNames<BatchKind> = std::to_array({"generate", "evaluation"});

// Many generations that were asked for at once. Each of its rows has a job; equal rows share one, and a row may have
// a job that was there before.
struct Batch
{
    QUuid id;
    BatchKind kind = BatchKind::Generate;
    std::optional<QUuid> ownerId; // the run of an evaluation
    QString name;
    BatchState state = BatchState::Running;
    JobPriority priority = JobPriority::Normal;
    std::optional<QUuid> templateId; // absent: raw messages, or several
    QString templateSlug;
    QString templateName;
    std::optional<int> templateVersion;
    QString model; // empty: several
    std::optional<QUuid> userId;
    QString userName;
    int rows = 0;
    int shared = 0; // rows whose job was there before, or is another row's
    int queued = 0;
    int running = 0;
    int completed = 0;
    int failed = 0;
    int canceled = 0;
    int dead = 0;
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 outputTokens = 0;
    qint64 reasoningTokens = 0;
    std::optional<qint64> costNanos; // absent: nothing was called yet, or no price is known
    QDateTime createdAt;
    std::optional<QDateTime> finishedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Batch;
        return std::tuple{Field{"id", &T::id},
                          Field{"kind", &T::kind},
                          Field{"ownerId", &T::ownerId, {.doc = "The run of an evaluation"}},
                          Field{"name", &T::name},
                          Field{"state", &T::state},
                          Field{"priority", &T::priority},
                          Field{"templateId", &T::templateId},
                          Field{"templateSlug", &T::templateSlug},
                          Field{"templateName", &T::templateName},
                          Field{"templateVersion", &T::templateVersion},
                          Field{"model", &T::model, {.doc = "Empty where there are several"}},
                          Field{"userId", &T::userId},
                          Field{"userName", &T::userName},
                          Field{"rows", &T::rows, {.doc = "How many inputs; those by state add up to it"}},
                          Field{"shared", &T::shared, {.doc = "Rows that cost nothing: their job was there before"}},
                          Field{"queued", &T::queued},
                          Field{"running", &T::running},
                          Field{"completed", &T::completed},
                          Field{"failed", &T::failed},
                          Field{"canceled", &T::canceled},
                          Field{"dead", &T::dead},
                          Field{"inputTokens", &T::inputTokens, {.doc = "Tokens and cost: of the jobs it made"}},
                          Field{"cachedInputTokens", &T::cachedInputTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"reasoningTokens", &T::reasoningTokens},
                          Field{"costNanos", &T::costNanos, {.doc = "Nano-US-dollars; null when unknown"}},
                          Field{"createdAt", &T::createdAt},
                          Field{"finishedAt", &T::finishedAt},
                          Field{"revision", &T::revision}};
    }
};

inline constexpr int mostBatchRows = 10'000;

// Asks for one generation for each of the inputs. All of them are looked at before any is queued.
struct NewBatch
{
    QString name;
    QString promptTemplate; // slug
    std::optional<int> version; // absent: that of the label, or the latest
    std::optional<QString> label;
    QList<QJsonObject> inputs;
    bool inputsAreText = false;
    std::optional<QString> model; // absent: the template's default
    std::optional<ModelParameters> parameters;
    JobPriority priority = JobPriority::Normal;
    std::optional<QDateTime> runAt;
    std::optional<int> maxAttempts;
    QJsonObject metadata;
    CacheUse cache = CacheUse::Use;

    static constexpr auto fields()
    {
        using T = NewBatch;
        return std::tuple{
            Field{"name",
                  &T::name,
                  {.doc = "Made from the template's and the time when empty", .maxLength = 200, .hasDefault = true}},
            Field{"template", &T::promptTemplate, {.doc = "Slug of a template", .minLength = 1, .maxLength = 120}},
            Field{"version", &T::version, {.doc = "Of the template; the latest when absent", .minimum = 1}},
            Field{"label", &T::label, {.doc = "Instead of a version", .minLength = 1, .maxLength = 60}},
            Field{"inputs", &T::inputs, {.doc = "The variables of each", .minLength = 1, .maxLength = mostBatchRows}},
            Field{"inputsAreText",
                  &T::inputsAreText,
                  {.doc = "Their values are texts, as in CSV: numbers and truth values are made of them where the "
                          "template's schema asks for such, and empty ones are left out",
                   .hasDefault = true}},
            Field{"model", &T::model, {.doc = "provider/model-name", .minLength = 3, .maxLength = 200}},
            Field{"parameters", &T::parameters},
            Field{"priority", &T::priority, {.hasDefault = true}},
            Field{"runAt", &T::runAt, {.doc = "Not before this time"}},
            Field{"maxAttempts", &T::maxAttempts, {.minimum = 1, .maximum = 20}},
            Field{"metadata", &T::metadata, {.doc = "Kept with each job, never read", .hasDefault = true}},
            Field{"cache", &T::cache, {.doc = "bypass makes a new job for each row", .hasDefault = true}}};
    }
};

// What stands beside the rows where the body is text/csv or application/jsonl.
struct NewBatchQuery
{
    std::optional<QString> name;
    std::optional<QString> promptTemplate;
    std::optional<int> version;
    std::optional<QString> label;
    std::optional<QString> model;
    std::optional<JobPriority> priority;
    std::optional<QDateTime> runAt;
    std::optional<int> maxAttempts;
    std::optional<CacheUse> cache;

    static constexpr auto fields()
    {
        using T = NewBatchQuery;
        return std::tuple{Field{"name", &T::name, {.doc = "These only where the body holds nothing but rows"}},
                          Field{"template", &T::promptTemplate},
                          Field{"version", &T::version},
                          Field{"label", &T::label},
                          Field{"model", &T::model},
                          Field{"priority", &T::priority},
                          Field{"runAt", &T::runAt},
                          Field{"maxAttempts", &T::maxAttempts},
                          Field{"cache", &T::cache}};
    }
};

struct BatchFilter
{
    std::optional<QList<BatchState>> states;
    std::optional<BatchKind> kind;
    std::optional<QUuid> templateId;
    std::optional<QUuid> userId;
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = BatchFilter;
        return std::tuple{Field{"state", &T::states, {.doc = "May stand several times"}},
                          Field{"kind", &T::kind},
                          Field{"templateId", &T::templateId},
                          Field{"userId", &T::userId},
                          Field{"search", &T::search, {.doc = "Part of the name", .maxLength = 200}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}},
                          Field{"cursor", &T::cursor}};
    }
};

// A row of a batch, with its job as it is now.
struct BatchRow
{
    int row = 1;
    bool shared = false;
    QJsonObject variables;
    Job job;

    static constexpr auto fields()
    {
        using T = BatchRow;
        return std::tuple{Field{"row", &T::row, {.doc = "From 1, in the order of the inputs"}},
                          Field{"shared", &T::shared, {.doc = "Its job was there before, or is another row's"}},
                          Field{"variables", &T::variables, {.doc = "Its input", .hasDefault = true}},
                          Field{"job", &T::job, {.doc = "With its output"}}};
    }
};

struct BatchRowFilter
{
    std::optional<QList<JobState>> states;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = BatchRowFilter;
        return std::tuple{Field{"state", &T::states, {.doc = "Of the jobs; may stand several times"}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(Batch)
WIRE_TYPE(NewBatch)
WIRE_TYPE(NewBatchQuery)
WIRE_TYPE(BatchFilter)
WIRE_TYPE(BatchRow)
WIRE_TYPE(BatchRowFilter)
