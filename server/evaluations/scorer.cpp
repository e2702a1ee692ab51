// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/scorer.h"

#include "server/database/listener.h"
#include "server/evaluations/evaluation_run_service.h"
#include "server/evaluations/run_plan.h"
#include "server/events/event_log.h"
#include "shared/error.h"
#include "shared/evaluations/scoring.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcScorer, "server.evaluations")

namespace {

constexpr auto roundTime = 200ms; // between two rounds: what ends meanwhile is told together
constexpr int roundsBetweenLooks = 25; // 5 s: finds what was lost with a notification
constexpr int answersAtOnce = 50; // each with an output of a megabyte at most

// The judges are asked in the name of whoever started the run, who may do so: it was looked at then.
Caller judgesFor(const QUuid &tenantId, const AnswerStore::Rules &rules)
{
    Caller caller;
    caller.tenantId = tenantId;
    caller.userId = rules.authorId.value_or(QUuid());
    caller.displayName = rules.authorName;
    for (const Ability ability : {Ability::JobsCreate, Ability::JobsRead, Ability::TemplatesRead})
        caller.abilities.set(bit(ability));
    return caller;
}

QList<Assertion> allOf(const AnswerStore::Rules &rules, const QList<Assertion> &ofCase)
{
    return rules.assertions + ofCase;
}

void decide(AnswerStore::Scored &scored, const AnswerStore::Rules &rules)
{
    const evaluations::Score score = evaluations::total(scored.results, rules.passScore);
    scored.score = score.score;
    scored.outcome = !score.score ? CellOutcome::Unscored : score.passed ? CellOutcome::Passed : CellOutcome::Failed;
}

AnswerStore::Scored scoredOf(const AnswerStore::Ended &ended, const AnswerStore::Rules &rules)
{
    AnswerStore::Scored scored{.caseId = ended.caseId,
                               .columnNumber = ended.columnNumber,
                               .repeat = ended.repeat,
                               .costNanos = ended.costNanos,
                               .latencyMs = ended.latencyMs,
                               .inputTokens = ended.inputTokens,
                               .outputTokens = ended.outputTokens,
                               .finishReason = ended.finishReason,
                               .error = ended.error};
    if (ended.state != JobState::Completed) {
        scored.outcome = ended.state == JobState::Canceled ? CellOutcome::Canceled : CellOutcome::Error;
        return scored;
    }
    bool hasPending = false;
    for (const Assertion &assertion : allOf(rules, ended.assertions)) {
        scored.results.append(evaluations::evaluate(assertion,
                                                    {.output = ended.output.value_or(QString()),
                                                     .expected = ended.expected,
                                                     .finishReason = ended.finishReason,
                                                     .latencyMs = ended.latencyMs,
                                                     .costNanos = ended.costNanos}));
        hasPending = hasPending || scored.results.last().isPending;
    }
    if (hasPending)
        scored.stage = AnswerStore::Stage::Judging;
    else
        decide(scored, rules);
    return scored;
}

} // namespace

Scorer::Scorer(Database &database, RunJobs &jobs, Work work, std::function<void()> changed)
    : m_database(database),
      m_jobs(jobs),
      m_work(std::move(work)),
      m_changed(std::move(changed))
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
}

void Scorer::follow(Listener &listener)
{
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            look(QUuid::fromString(payload));
    });
}

void Scorer::start()
{
    const auto tenants = m_database.platform(
        [](Transaction &tx) { return tx.all<QUuid>("SELECT tenant_id FROM evaluation_tenants WHERE running > 0"); });
    for (const QUuid &tenant : tenants)
        look(tenant);
    m_timer.start(roundTime);
}

void Scorer::stop()
{
    m_isStopped = true;
    m_timer.stop();
}

void Scorer::look(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    m_active.insert(tenantId);
    m_due.insert(tenantId);
}

void Scorer::eventsOf(const QList<LoggedEvent> &events)
{
    const std::lock_guard lock(m_mutex);
    if (m_active.empty())
        return;
    for (const LoggedEvent &event : events)
        if (event.topic.startsWith("job/"_L1) && m_active.contains(event.tenantId))
            m_due.insert(event.tenantId);
}

void Scorer::newsFor(const QList<QUuid> &tenants, bool all)
{
    const std::lock_guard lock(m_mutex);
    for (const QUuid &tenant : m_active)
        if (all || tenants.contains(tenant))
            m_due.insert(tenant);
}

void Scorer::tick()
{
    {
        const std::lock_guard lock(m_mutex);
        if (++m_rounds >= roundsBetweenLooks) {
            m_rounds = 0;
            m_due.insert(m_active.begin(), m_active.end());
        }
        if (m_due.empty())
            return;
    }
    if (!m_isRunning.exchange(true) && !m_work([this] { step(); }))
        m_isRunning = false; // too busy: the next time
}

void Scorer::step()
{
    QUuid tenant;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_due.empty() && !m_isStopped)
            tenant = *m_due.begin();
        m_due.erase(tenant);
    }
    bool hasMore = false;
    if (!tenant.isNull()) {
        try {
            hasMore = scoreTenant(tenant);
        } catch (const std::exception &error) {
            qCWarning(lcScorer).noquote() << "answers of a run were not judged, tried again:" << error.what();
        } catch (const ApiError &error) {
            qCWarning(lcScorer).noquote() << "answers of a run were not judged, tried again:" << error.detail;
            if (error.status == 404) { // the tenant is gone, and its runs with it
                const std::lock_guard lock(m_mutex);
                m_active.erase(tenant);
            }
        }
    }
    bool goesOn = false;
    {
        const std::lock_guard lock(m_mutex);
        if (hasMore)
            m_due.insert(tenant);
        goesOn = !m_isStopped && (hasMore || (!tenant.isNull() && !m_due.empty()));
    }
    if (!goesOn || !m_work([this] { step(); }))
        m_isRunning = false;
}

bool Scorer::scoreTenant(const QUuid &tenantId)
{
    const auto runs = m_database.transaction({tenantId}, [](Transaction &tx) { return AnswerStore::running(tx); });
    if (runs.isEmpty()) {
        const std::lock_guard lock(m_mutex);
        if (!m_due.contains(tenantId)) // nothing has begun since
            m_active.erase(tenantId);
        return false;
    }
    bool hasMore = false;
    for (const QUuid &run : runs) {
        const auto rules =
            m_database.transaction({tenantId}, [&](Transaction &tx) { return AnswerStore::rules(tx, run); });
        if (!rules)
            continue;
        const bool hasEnded = scoreEnded(tenantId, run, *rules);
        const bool hasJudged = scoreJudged(tenantId, run, *rules);
        hasMore = hasMore || hasEnded || hasJudged;
    }
    return hasMore;
}

// Read, then judged without a transaction, then written where nobody else has meanwhile.
bool Scorer::scoreEnded(const QUuid &tenantId, const QUuid &run, const AnswerStore::Rules &rules)
{
    const auto ended =
        m_database.transaction({tenantId}, [&](Transaction &tx) { return AnswerStore::ended(tx, run, answersAtOnce); });
    if (ended.isEmpty())
        return false;
    QList<AnswerStore::Scored> scored;
    for (const AnswerStore::Ended &one : ended)
        scored.append(scoredOf(one, rules));
    bool hasJudges = false;
    m_database.transaction({tenantId}, [&](Transaction &tx) {
        hasJudges = false;
        if (!AnswerStore::tryLock(tx, run))
            return;
        const auto settled = AnswerStore::settleEnded(tx, run, scored);
        QList<AnswerStore::NewJudgement> judgements;
        const Caller author = judgesFor(tenantId, rules);
        for (qsizetype i = 0; i < ended.size(); ++i) {
            const AnswerStore::Place place{ended[i].caseId, ended[i].columnNumber, ended[i].repeat};
            if (scored[i].stage != AnswerStore::Stage::Judging || !settled.contains(place))
                continue;
            const auto assertions = allOf(rules, ended[i].assertions);
            for (qsizetype j = 0; j < assertions.size(); ++j) {
                if (!scored[i].results[j].isPending)
                    continue;
                AnswerStore::NewJudgement judgement{.place = place, .assertion = int(j)};
                try {
                    const auto made =
                        m_jobs.makeJudge(tx, author,
                                         RunPlan::judgement(tx, assertions[j], ended[i].variables, ended[i].expected,
                                                            ended[i].output.value_or(QString()), run));
                    judgement.jobId = made.jobId;
                    judgement.cacheHit = made.cacheHit;
                } catch (const ApiError &error) { // the judge is gone, or there is no room for its job
                    judgement.problem = u"The judge could not be asked: "_s
                        + (error.errors.isEmpty() ? error.detail : error.errors.first().message);
                }
                judgements.append(judgement);
            }
        }
        hasJudges = !judgements.isEmpty();
        if (hasJudges)
            AnswerStore::insertJudgements(tx, run, judgements);
        if (!settled.isEmpty())
            tell(tx, run);
    });
    m_jobs.announce(hasJudges);
    m_changed();
    return ended.size() == answersAtOnce || hasJudges;
}

bool Scorer::scoreJudged(const QUuid &tenantId, const QUuid &run, const AnswerStore::Rules &rules)
{
    const auto judged = m_database.transaction(
        {tenantId}, [&](Transaction &tx) { return AnswerStore::judged(tx, run, answersAtOnce); });
    if (judged.isEmpty())
        return false;
    QList<AnswerStore::Scored> scored;
    for (const AnswerStore::Judged &one : judged) {
        AnswerStore::Scored result{
            .caseId = one.caseId, .columnNumber = one.columnNumber, .repeat = one.repeat, .results = one.results};
        const auto assertions = allOf(rules, one.assertions);
        for (const AnswerStore::Judgement &judgement : one.judgements) {
            const Assertion assertion = assertions.value(judgement.assertion);
            AssertionResult &slot = result.results[judgement.assertion];
            slot = judgement.state == JobState::Completed
                ? evaluations::judged(assertion, judgement.output.value_or(QString()))
                : evaluations::notJudged(assertion,
                                         judgement.problem.isEmpty()
                                             ? u"The judge's job is %1."_s.arg(json::name(judgement.state))
                                             : judgement.problem);
            slot.judgeJobId = judgement.jobId;
            result.judgeCostNanos += judgement.costNanos;
        }
        decide(result, rules);
        scored.append(result);
    }
    m_database.transaction({tenantId}, [&](Transaction &tx) {
        if (AnswerStore::tryLock(tx, run) && !AnswerStore::settleJudged(tx, run, scored).isEmpty())
            tell(tx, run);
    });
    m_changed();
    return judged.size() == answersAtOnce;
}

void Scorer::tell(Transaction &tx, const QUuid &run)
{
    if (const auto now = AnswerStore::count(tx, run))
        EventLog::append(tx, {evaluationEvent(*now, now->state == RunState::Running ? "progress" : "finished")});
}
