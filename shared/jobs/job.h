// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/templates/template.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

// queued ─► running ─► completed
//   ▲          ├─────► failed     what cannot succeed by trying again
//   └─ retry ──┤
//              ├─────► dead       used up its attempts: the dead letters
//   any but ended ───► canceled
enum class JobState { Queued, Running, Completed, Failed, Canceled, Dead };
template<>
inline constexpr auto enumNames<JobState> = std::to_array({"queued", "running", "completed", "failed", "canceled",
                                                           "dead"});
constexpr bool hasEnded(JobState state) { return state != JobState::Queued && state != JobState::Running; }

enum class JobPriority { High, Normal, Low };
template<> inline constexpr auto enumNames<JobPriority> = std::to_array({"high", "normal", "low"});

enum class CacheUse { Use, Bypass };
template<> inline constexpr auto enumNames<CacheUse> = std::to_array({"use", "bypass"});

enum class MessageRole { System, User, Assistant };
template<> inline constexpr auto enumNames<MessageRole> = std::to_array({"system", "user", "assistant"});

struct PromptMessage
{
    MessageRole role = MessageRole::User;
    QString content;

    static constexpr auto fields()
    {
        return std::tuple{Field{"role", &PromptMessage::role},
                          Field{"content", &PromptMessage::content, {.maxLength = 1'000'000}}};
    }
};

// Asks for a generation: a template by slug and label or version, or raw messages.
struct GenerateRequest
{
    std::optional<QString> promptTemplate;
    std::optional<int> version; // absent, as the label: the latest
    std::optional<QString> label; // where it stands now; a job that is made stays with that version
    std::optional<QList<PromptMessage>> messages;
    QJsonObject variables;
    std::optional<QString> model; // absent: the template's default
    std::optional<ModelParameters> parameters;
    JobPriority priority = JobPriority::Normal;
    std::optional<QDateTime> runAt;
    std::optional<int> maxAttempts;
    QJsonObject metadata;
    CacheUse cache = CacheUse::Use;

    static constexpr auto fields()
    {
        using T = GenerateRequest;
        return std::tuple{
            Field{"template",
                  &T::promptTemplate,
                  {.doc = "Slug of a template; or give messages", .minLength = 1, .maxLength = 120}},
            Field{"version", &T::version, {.doc = "Of the template; the latest when absent", .minimum = 1}},
            Field{"label",
                  &T::label,
                  {.doc = "Of the template, instead of a version: the one it stands at now",
                   .minLength = 1,
                   .maxLength = 60}},
            Field{"messages", &T::messages, {.doc = "Instead of a template", .minLength = 1, .maxLength = 200}},
            Field{"variables", &T::variables, {.hasDefault = true}},
            Field{"model", &T::model, {.doc = "provider/model-name", .minLength = 3, .maxLength = 200}},
            Field{"parameters", &T::parameters},
            Field{"priority", &T::priority, {.hasDefault = true}},
            Field{"runAt", &T::runAt, {.doc = "Not before this time"}},
            Field{"maxAttempts", &T::maxAttempts, {.minimum = 1, .maximum = 20}},
            Field{"metadata", &T::metadata, {.doc = "Kept with the job, never read", .hasDefault = true}},
            Field{"cache", &T::cache, {.doc = "bypass always makes a new job", .hasDefault = true}}};
    }
};

struct GenerateQuery
{
    std::optional<int> wait;

    static constexpr auto fields()
    {
        return std::tuple{Field{
            "wait", &GenerateQuery::wait, {.doc = "Seconds to wait for the result", .minimum = 0, .maximum = 120}}};
    }
};

struct JobError
{
    QString code;
    QString message;

    static constexpr auto fields()
    {
        return std::tuple{Field{"code", &JobError::code}, Field{"message", &JobError::message}};
    }
};

struct Job
{
    QUuid id;
    JobState state = JobState::Queued;
    JobPriority priority = JobPriority::Normal;
    std::optional<QUuid> templateId;
    QString templateSlug; // empty: raw messages
    QString templateName;
    std::optional<int> templateVersion;
    QString model; // provider/model-name
    std::optional<QUuid> userId;
    QString userName;
    std::optional<QUuid> batchId; // that it was made by
    int attemptCount = 0;
    int maxAttempts = 3;
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 outputTokens = 0;
    qint64 reasoningTokens = 0;
    std::optional<qint64> costNanos; // absent: nothing was called, or the price is not known
    bool cacheHit = false; // this answer came from an earlier job
    std::optional<QString> output; // absent in lists
    QString finishReason;
    std::optional<JobError> error;
    QJsonObject metadata;
    QDateTime createdAt;
    QDateTime runAt;
    std::optional<QDateTime> startedAt;
    std::optional<QDateTime> finishedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Job;
        return std::tuple{
            Field{"id", &T::id},
            Field{"state", &T::state},
            Field{"priority", &T::priority},
            Field{"templateId", &T::templateId},
            Field{"templateSlug", &T::templateSlug},
            Field{"templateName", &T::templateName},
            Field{"templateVersion", &T::templateVersion},
            Field{"model", &T::model},
            Field{"userId", &T::userId},
            Field{"userName", &T::userName},
            Field{"batchId", &T::batchId, {.doc = "The batch that it was made by"}},
            Field{"attemptCount", &T::attemptCount},
            Field{"maxAttempts", &T::maxAttempts},
            Field{"inputTokens", &T::inputTokens},
            Field{"cachedInputTokens", &T::cachedInputTokens},
            Field{"outputTokens", &T::outputTokens},
            Field{"reasoningTokens", &T::reasoningTokens},
            Field{"costNanos", &T::costNanos, {.doc = "Nano-US-dollars; null when unknown"}},
            Field{"cacheHit", &T::cacheHit},
            Field{"output",
                  &T::output,
                  {.doc = "null in lists and until the job ended; of a canceled job what it had written"}},
            Field{"finishReason", &T::finishReason},
            Field{"error", &T::error},
            Field{"metadata", &T::metadata},
            Field{"createdAt", &T::createdAt},
            Field{"runAt", &T::runAt},
            Field{"startedAt", &T::startedAt},
            Field{"finishedAt", &T::finishedAt},
            Field{"revision", &T::revision}};
    }
};

enum class AttemptState { Running, Succeeded, Failed, Canceled, Lost };
template<>
inline constexpr auto enumNames<AttemptState> = std::to_array({"running", "succeeded", "failed", "canceled", "lost"});

// One try at a provider. `lost` is an attempt whose worker died before it could settle it.
struct Attempt
{
    QUuid id;
    int number = 1;
    AttemptState state = AttemptState::Running;
    QString provider;
    QString model;
    QDateTime startedAt;
    std::optional<QDateTime> finishedAt;
    std::optional<qint64> firstTokenMs;
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 outputTokens = 0;
    qint64 reasoningTokens = 0;
    std::optional<qint64> costNanos;
    std::optional<JobError> error;
    bool retryable = false;
    QString providerRequestId;
    bool estimated = false;

    static constexpr auto fields()
    {
        using T = Attempt;
        return std::tuple{Field{"id", &T::id},
                          Field{"number", &T::number},
                          Field{"state", &T::state},
                          Field{"provider", &T::provider},
                          Field{"model", &T::model},
                          Field{"startedAt", &T::startedAt},
                          Field{"finishedAt", &T::finishedAt},
                          Field{"firstTokenMs", &T::firstTokenMs},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"cachedInputTokens", &T::cachedInputTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"reasoningTokens", &T::reasoningTokens},
                          Field{"costNanos", &T::costNanos},
                          Field{"error", &T::error},
                          Field{"retryable", &T::retryable},
                          Field{"providerRequestId", &T::providerRequestId},
                          Field{"estimated",
                                &T::estimated,
                                {.doc = "The provider did not say; tokens and cost were counted here. Of a lost "
                                        "attempt they are those of the prompt alone",
                                 .hasDefault = true}}};
    }
};

// A version that a template had included when the job was made.
struct UsedTemplate
{
    QUuid templateId;
    QString slug;
    int version = 0;

    static constexpr auto fields()
    {
        using T = UsedTemplate;
        return std::tuple{Field{"templateId", &T::templateId}, Field{"slug", &T::slug}, Field{"version", &T::version}};
    }
};

// What keeps a queued job from beginning.
enum class WaitReason { Time, Pause, TenantLimit, OwnLimit, ServerLimit, Turn };
template<>
inline constexpr auto enumNames<WaitReason> = std::to_array({"time", "pause", "tenantLimit", "ownLimit", "serverLimit",
                                                             "turn"});

struct JobWait
{
    WaitReason reason = WaitReason::Turn;
    QString model; // of a limit: the provider or provider/model-name that it is for; empty: of all jobs
    std::optional<int> limit; // how many may run at a time

    static constexpr auto fields()
    {
        using T = JobWait;
        return std::tuple{
            Field{"reason",
                  &T::reason,
                  {.doc = "time: for runAt; pause: of its batch; tenantLimit: of the plan; ownLimit: in the tenant's "
                          "settings; serverLimit: of whoever runs the server; turn: for a free place"}},
            Field{"model", &T::model, {.doc = "The provider or model that a limit is for; empty: all jobs"}},
            Field{"limit", &T::limit, {.doc = "How many may run at a time"}}};
    }
};

struct JobDetail
{
    Job job;
    QJsonObject variables;
    QList<PromptMessage> messages; // as sent to the provider
    ModelParameters parameters;
    QList<Attempt> attempts;
    QList<UsedTemplate> includes;
    std::optional<JobWait> waitsFor; // while it is queued

    static constexpr auto fields()
    {
        using T = JobDetail;
        return std::tuple{
            Field{"job", &T::job},
            Field{"variables", &T::variables},
            Field{"messages", &T::messages},
            Field{"parameters", &T::parameters},
            Field{"attempts", &T::attempts},
            Field{"includes", &T::includes, {.doc = "Versions that the template had included", .hasDefault = true}},
            Field{"waitsFor", &T::waitsFor, {.doc = "While it is queued"}}};
    }
};

struct JobFilter
{
    std::optional<QList<JobState>> states;
    std::optional<QUuid> templateId;
    std::optional<QString> model;
    std::optional<QUuid> userId;
    std::optional<QUuid> batch;
    std::optional<bool> scheduled;
    std::optional<QDateTime> from;
    std::optional<QDateTime> to;
    std::optional<qint64> minCostNanos;
    std::optional<qint64> maxCostNanos;
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = JobFilter;
        return std::tuple{Field{"state", &T::states, {.doc = "May stand several times"}},
                          Field{"templateId", &T::templateId},
                          Field{"model", &T::model, {.maxLength = 200}},
                          Field{"userId", &T::userId},
                          Field{"batch", &T::batch, {.doc = "Jobs of its rows, also those that were there before"}},
                          Field{"scheduled", &T::scheduled, {.doc = "true: queued for a time to come, not yet tried"}},
                          Field{"from", &T::from, {.doc = "Made at or after"}},
                          Field{"to", &T::to, {.doc = "Made before"}},
                          Field{"minCostNanos", &T::minCostNanos, {.minimum = 0}},
                          Field{"maxCostNanos", &T::maxCostNanos, {.minimum = 0}},
                          Field{"search", &T::search, {.doc = "Part of the id, template or model", .maxLength = 200}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 1000}},
                          Field{"cursor", &T::cursor}};
    }
};

// Of a queued job; what stays absent stays as it is.
struct JobChange
{
    std::optional<JobPriority> priority;
    std::optional<QDateTime> runAt;

    static constexpr auto fields()
    {
        return std::tuple{Field{"priority", &JobChange::priority},
                          Field{"runAt", &JobChange::runAt, {.doc = "A time that has passed: now"}}};
    }
};

// A replay is a new job; what stays absent is taken from the old one.
struct ReplayRequest
{
    std::optional<QJsonObject> variables;
    std::optional<QList<PromptMessage>> messages;
    std::optional<QString> model;
    std::optional<int> version;
    std::optional<ModelParameters> parameters;

    static constexpr auto fields()
    {
        using T = ReplayRequest;
        return std::tuple{
            Field{"variables", &T::variables},
            Field{"messages", &T::messages, {.doc = "Of a job without a template", .minLength = 1, .maxLength = 200}},
            Field{"model", &T::model, {.minLength = 3, .maxLength = 200}},
            Field{"version", &T::version, {.minimum = 1}}, Field{"parameters", &T::parameters}};
    }
};

struct DiscardRequest
{
    QString reason;

    static constexpr auto fields()
    {
        return std::tuple{Field{"reason", &DiscardRequest::reason, {.minLength = 1, .maxLength = 500}}};
    }
};

// A model that a template may name.
struct ModelInfo
{
    QString name; // provider/model-name
    bool configured = false;
    std::optional<qint64> inputMicrosPerMillion;
    std::optional<qint64> outputMicrosPerMillion;
    bool verified = false;

    static constexpr auto fields()
    {
        using T = ModelInfo;
        return std::tuple{Field{"name", &T::name},
                          Field{"configured", &T::configured, {.doc = "The provider has a key here"}},
                          Field{"inputMicrosPerMillion",
                                &T::inputMicrosPerMillion,
                                {.doc = "Micro-US-dollars for a million input tokens"}},
                          Field{"outputMicrosPerMillion", &T::outputMicrosPerMillion},
                          Field{"verified", &T::verified, {.doc = "An operator has confirmed the price"}}};
    }
};

struct ModelList
{
    QList<ModelInfo> items;

    static constexpr auto fields() { return std::tuple{Field{"items", &ModelList::items}}; }
};

WIRE_TYPE(PromptMessage)
WIRE_TYPE(GenerateRequest)
WIRE_TYPE(GenerateQuery)
WIRE_TYPE(JobError)
WIRE_TYPE(Job)
WIRE_TYPE(Attempt)
WIRE_TYPE(UsedTemplate)
WIRE_TYPE(JobWait)
WIRE_TYPE(JobDetail)
WIRE_TYPE(JobFilter)
WIRE_TYPE(JobChange)
WIRE_TYPE(ReplayRequest)
WIRE_TYPE(DiscardRequest)
WIRE_TYPE(ModelInfo)
WIRE_TYPE(ModelList)
