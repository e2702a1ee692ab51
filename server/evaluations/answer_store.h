// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/evaluations/run.h"

// SQL of answers on their way from their job to their score, in a transaction of the tenant. Each step happens once,
// whoever does it and however often it is tried: an answer leaves a stage by the statement that asks for the stage.
namespace AnswerStore {
enum class Stage { Waiting, Judging, Done };
}
template<> inline constexpr auto enumNames<AnswerStore::Stage> = std::to_array({"waiting", "judging", "done"});

namespace AnswerStore {

QList<QUuid> running(Transaction &tx); // runs

// How the answers of a run are judged.
struct Rules
{
    QList<Assertion> assertions; // of the dataset
    std::optional<double> passScore;
    std::optional<QUuid> authorId;
    QString authorName;

    static constexpr auto fields()
    {
        using T = Rules;
        return std::tuple{Field{"assertions", &T::assertions}, Field{"passScore", &T::passScore},
                          Field{"authorId", &T::authorId}, Field{"authorName", &T::authorName}};
    }
};
std::optional<Rules> rules(Transaction &tx, const QUuid &run);

struct Place
{
    QUuid caseId;
    int columnNumber = 0;
    int repeat = 1;

    bool operator==(const Place &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{Field{"caseId", &Place::caseId}, Field{"columnNumber", &Place::columnNumber},
                          Field{"repeat", &Place::repeat}};
    }
};

// An answer whose job has ended.
struct Ended
{
    QUuid caseId;
    int columnNumber = 0;
    int repeat = 1;
    JobState state = JobState::Completed;
    std::optional<QString> output;
    QString finishReason;
    std::optional<JobError> error;
    std::optional<qint64> costNanos;
    std::optional<qint64> latencyMs;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    QJsonObject variables;
    std::optional<QString> expected;
    QList<Assertion> assertions; // of the case

    static constexpr auto fields()
    {
        using T = Ended;
        return std::tuple{Field{"caseId", &T::caseId},
                          Field{"columnNumber", &T::columnNumber},
                          Field{"repeat", &T::repeat},
                          Field{"state", &T::state},
                          Field{"output", &T::output},
                          Field{"finishReason", &T::finishReason},
                          Field{"error", &T::error},
                          Field{"costNanos", &T::costNanos},
                          Field{"latencyMs", &T::latencyMs},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"variables", &T::variables},
                          Field{"expected", &T::expected},
                          Field{"assertions", &T::assertions}};
    }
};
QList<Ended> ended(Transaction &tx, const QUuid &run, int limit);

// An answer all of whose judges have answered.
struct Judgement
{
    int assertion = 0;
    JobState state = JobState::Completed;
    QString problem; // why it could not be asked
    std::optional<QString> output;
    std::optional<QUuid> jobId;
    qint64 costNanos = 0;

    static constexpr auto fields()
    {
        using T = Judgement;
        return std::tuple{Field{"assertion", &T::assertion}, Field{"state", &T::state},
                          Field{"problem", &T::problem},     Field{"output", &T::output},
                          Field{"jobId", &T::jobId},         Field{"costNanos", &T::costNanos}};
    }
};
struct Judged
{
    QUuid caseId;
    int columnNumber = 0;
    int repeat = 1;
    QList<AssertionResult> results;
    QList<Assertion> assertions; // of the case
    QList<Judgement> judgements;

    static constexpr auto fields()
    {
        using T = Judged;
        return std::tuple{Field{"caseId", &T::caseId},         Field{"columnNumber", &T::columnNumber},
                          Field{"repeat", &T::repeat},         Field{"results", &T::results},
                          Field{"assertions", &T::assertions}, Field{"judgements", &T::judgements}};
    }
};
QList<Judged> judged(Transaction &tx, const QUuid &run, int limit);

// What an answer has come to.
struct Scored
{
    QUuid caseId;
    int columnNumber = 0;
    int repeat = 1;
    Stage stage = Stage::Done;
    CellOutcome outcome = CellOutcome::Pending;
    std::optional<double> score;
    QList<AssertionResult> results;
    std::optional<qint64> costNanos;
    qint64 judgeCostNanos = 0;
    std::optional<qint64> latencyMs;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    QString finishReason;
    std::optional<JobError> error;

    static constexpr auto fields()
    {
        using T = Scored;
        return std::tuple{Field{"case_id", &T::caseId},
                          Field{"column_number", &T::columnNumber},
                          Field{"repeat", &T::repeat},
                          Field{"stage", &T::stage},
                          Field{"outcome", &T::outcome},
                          Field{"score", &T::score},
                          Field{"results", &T::results},
                          Field{"cost_nanos", &T::costNanos},
                          Field{"judge_cost_nanos", &T::judgeCostNanos},
                          Field{"latency_ms", &T::latencyMs},
                          Field{"input_tokens", &T::inputTokens},
                          Field{"output_tokens", &T::outputTokens},
                          Field{"finish_reason", &T::finishReason},
                          Field{"error", &T::error}};
    }
};
// Those that still wait get what they have come to; gives these.
QList<Place> settleEnded(Transaction &tx, const QUuid &run, const QList<Scored> &scored);
// The same for those that are still being judged: outcome, score, results and what the judges cost.
QList<Place> settleJudged(Transaction &tx, const QUuid &run, const QList<Scored> &scored);

struct NewJudgement
{
    Place place;
    int assertion = 0;
    std::optional<QUuid> jobId = {};
    QString problem = {};
    bool cacheHit = false;
};
void insertJudgements(Transaction &tx, const QUuid &run, const QList<NewJudgement> &judgements);

// Jobs of judges for which answers of the run still wait.
QList<QUuid> openJudges(Transaction &tx, const QUuid &run);

// Sums the answers up in the run, and ends it when none is missing.
std::optional<EvaluationRun> count(Transaction &tx, const QUuid &run);

// One at a time sums up a run: false where somebody else does.
bool tryLock(Transaction &tx, const QUuid &run);

} // namespace AnswerStore
