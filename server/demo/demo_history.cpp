// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demo_history.h"

#include "server/demo/demo_history_store.h"
#include "server/jobs/generation.h"
#include "server/providers/demo.h"
#include "server/tenants/tenant_store.h"
#include "server/usage/usage_rollup.h"
#include "server/usage/usage_store.h"
#include "server/users/user_store.h"

#include <QFile>

#include <array>
#include <random>

using namespace Qt::StringLiterals;
using DemoHistoryStore::EndedJob;

namespace {

constexpr int days = 30;
// Samples must not answer for what a person asks: the result cache looks at what has just ended.
constexpr qint64 newestAge = 3 * 3600; // seconds; the cache keeps an hour unless told otherwise

// How often which model is asked, and how jobs end, of a hundred.
struct ModelShare
{
    const char *model;
    int weight;
};
constexpr auto models = std::to_array<ModelShare>({{"demo/echo", 55}, {"demo/fast", 35}, {"demo/slow", 10}});

enum class Ending { Completed, AfterARetry, Failed, Dead, Canceled };
struct EndingShare
{
    Ending ending;
    int weight;
};
constexpr auto endings = std::to_array<EndingShare>(
    {{Ending::Completed, 91}, {Ending::AfterARetry, 4}, {Ending::Failed, 2}, {Ending::Dead, 1}, {Ending::Canceled, 2}});

// std::uniform_int_distribution differs between libraries; this does not.
class Dice
{
public:
    explicit Dice(quint32 seed) : m_engine(seed) { }
    int below(int bound) { return int(m_engine() % quint32(bound)); }
    int between(int least, int most) { return least + below(most - least + 1); }
    template<class Shares> const auto &of(const Shares &shares)
    {
        int rest = below(100);
        for (const auto &share : shares)
            if ((rest -= share.weight) < 0)
                return share;
        return shares.back();
    }
    // Of version 7, made at that time.
    QUuid id(const QDateTime &at)
    {
        const quint64 time = quint64(at.toMSecsSinceEpoch());
        const auto byte = [this] { return uchar(m_engine()); };
        return QUuid(uint(time >> 16), ushort(time), ushort(0x7000 | (m_engine() & 0xfff)),
                     uchar(0x80 | (byte() & 0x3f)), byte(), byte(), byte(), byte(), byte(), byte(), byte());
    }

private:
    std::mt19937 m_engine;
};

struct Person
{
    QUuid id;
    QString displayName;

    static constexpr auto fields()
    {
        return std::tuple{Field{"id", &Person::id}, Field{"displayName", &Person::displayName}};
    }
};

// What a sample asks of one model, and its answer.
struct Question
{
    Generation plan;
    QList<PromptMessage> messages;
    providers::ModelAnswer answer;
};

Question question(Transaction &tx, const QUuid &tenantId, GenerateRequest request, const QString &model)
{
    request.model = model;
    Question question{Generation::plan(tx, tenantId, request), {}, {}};
    question.messages = question.plan.messages();
    providers::ModelRequest asked;
    asked.model = model.section(u'/', 1);
    for (const PromptMessage &message : std::as_const(question.messages))
        asked.messages.append({QString(json::name(message.role)), message.content});
    asked.maxTokens = question.plan.parameters.maxTokens;
    question.answer = providers::Demo::answer(asked);
    return question;
}

// Writes one job as its attempts go by.
class Story
{
public:
    Story(const Question &question, const Person &person, const QDateTime &at, Dice &dice, PriceCatalogue &prices)
        : m_question(question),
          m_dice(dice),
          m_prices(prices),
          m_now(at.addMSecs(dice.between(4, 40)))
    {
        Job &job = ended.job;
        job.id = dice.id(at);
        job.templateId = question.plan.templateId;
        job.templateSlug = question.plan.templateSlug;
        job.templateName = question.plan.templateName;
        job.templateVersion = question.plan.templateVersion;
        job.model = question.plan.model;
        job.userId = person.id;
        job.userName = person.displayName;
        job.metadata = {{u"sample"_s, true}};
        job.createdAt = at;
        job.runAt = at;
        job.startedAt = m_now;
        ended.inputHash = question.plan.inputHash;
        ended.variables = question.plan.variables;
        ended.messages = question.messages;
        ended.parameters = question.plan.parameters;
    }

    void tell(Ending ending)
    {
        const JobError overloaded{u"overloaded"_s, u"A sample: the provider was overloaded (529)."_s};
        const JobError refused{u"invalid_request"_s, u"A sample: the provider refused the request (400)."_s};
        switch (ending) {
        case Ending::AfterARetry:
            attempt(AttemptState::Failed, {}, m_dice.between(80, 400), overloaded, true);
            [[fallthrough]];
        case Ending::Completed:
            attempt(AttemptState::Succeeded, m_question.answer.usage,
                    m_question.answer.totalMs + m_dice.between(1, 30));
            ended.job.output = m_question.answer.text;
            ended.job.finishReason = m_question.answer.finishReason;
            return end(JobState::Completed);
        case Ending::Failed:
            attempt(AttemptState::Failed, {}, m_dice.between(60, 200), refused);
            return end(JobState::Failed);
        case Ending::Dead:
            for (int i = 0; i < ended.job.maxAttempts; ++i)
                attempt(AttemptState::Failed, {}, m_dice.between(80, 400), overloaded, true);
            return end(JobState::Dead);
        case Ending::Canceled:
            TokenUsage half = m_question.answer.usage;
            half.output /= 2;
            attempt(AttemptState::Canceled, half, m_question.answer.totalMs / 2 + 1,
                    JobError{u"canceled"_s, u"The job was canceled."_s});
            return end(JobState::Canceled);
        }
    }

    EndedJob ended;
    QList<UsageStore::Call> calls; // for the ledger: one for each attempt

private:
    void attempt(AttemptState state, const TokenUsage &usage, qint64 milliseconds,
                 const std::optional<JobError> &error = {}, bool retryable = false)
    {
        Job &job = ended.job;
        if (job.attemptCount > 0)
            m_now = m_now.addMSecs(m_dice.between(1000, 3600)); // the pause before it
        Attempt attempt;
        attempt.id = m_dice.id(m_now);
        attempt.number = ++job.attemptCount;
        attempt.state = state;
        attempt.provider = job.model.section(u'/', 0, 0);
        attempt.model = job.model.section(u'/', 1);
        attempt.startedAt = m_now;
        attempt.inputTokens = usage.input;
        attempt.outputTokens = usage.output;
        attempt.costNanos = usage == TokenUsage() ? 0 : m_prices.costNanos(job.model, usage, m_now);
        attempt.error = error;
        attempt.retryable = retryable;
        if (usage.output > 0)
            attempt.firstTokenMs = m_question.answer.firstTokenMs + m_dice.between(1, 9);
        calls.append(call(attempt, usage, milliseconds));
        m_now = m_now.addMSecs(milliseconds);
        attempt.finishedAt = m_now;
        ended.attempts.append(attempt);
        job.inputTokens += usage.input;
        job.outputTokens += usage.output;
        if (attempt.costNanos)
            job.costNanos = job.costNanos.value_or(0) + *attempt.costNanos;
    }

    UsageStore::Call call(const Attempt &attempt, const TokenUsage &usage, qint64 milliseconds) const
    {
        const Job &job = ended.job;
        UsageStore::Call call;
        call.attemptId = attempt.id;
        call.jobId = job.id;
        call.calledAt = attempt.startedAt;
        call.userId = job.userId;
        call.userName = job.userName;
        call.templateId = job.templateId;
        call.templateName = job.templateName;
        call.templateVersion = job.templateVersion;
        call.model = job.model;
        call.status = attempt.state == AttemptState::Succeeded ? UsageStore::CallStatus::Succeeded
            : attempt.state == AttemptState::Canceled          ? UsageStore::CallStatus::Canceled
                                                               : UsageStore::CallStatus::Failed;
        call.usage = usage;
        call.isEstimated = attempt.state == AttemptState::Canceled;
        call.costNanos = attempt.costNanos;
        call.firstTokenMs = attempt.firstTokenMs;
        call.totalMs = milliseconds;
        return call;
    }

    void end(JobState state)
    {
        ended.job.state = state;
        ended.job.finishedAt = m_now;
        if (state != JobState::Completed && !ended.attempts.isEmpty())
            ended.job.error = ended.attempts.last().error;
    }

    const Question &m_question;
    Dice &m_dice;
    PriceCatalogue &m_prices;
    QDateTime m_now;
};

// More on working days, in the hours of an office, rising a little over the month.
QList<QDateTime> moments(const QDateTime &now, int aDay, Dice &dice)
{
    QList<QDateTime> list;
    for (int day = 0; day < days; ++day) {
        const QDate date = now.date().addDays(day - days + 1);
        const bool isWeekend = date.dayOfWeek() > Qt::Friday;
        int count = aDay * (70 + 2 * day) / 100 + dice.between(-aDay / 4, aDay / 4);
        count = std::max(1, isWeekend ? count / 4 : count);
        for (int i = 0; i < count; ++i) {
            const int second = 8 * 3600 + dice.below(11 * 3600);
            const QDateTime at(date, QTime(0, 0).addSecs(second).addMSecs(dice.below(1000)), Qt::UTC);
            if (at.secsTo(now) >= newestAge)
                list.append(at);
        }
    }
    std::sort(list.begin(), list.end());
    return list;
}

} // namespace

struct DemoHistory::SeedTenant
{
    QString slug;
    int jobsADay = 10;
    QList<GenerateRequest> samples;

    static constexpr auto fields()
    {
        using T = SeedTenant;
        return std::tuple{Field{"slug", &T::slug}, Field{"jobsADay", &T::jobsADay}, Field{"samples", &T::samples}};
    }
};

struct DemoHistory::Seed
{
    QList<SeedTenant> tenants;

    static constexpr auto fields() { return std::tuple{Field{"tenants", &Seed::tenants}}; }
};

void DemoHistory::make(const QDateTime &now)
{
    QFile file(u":/seeds/demo_history.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        throw std::logic_error("the demo's history is not compiled in");
    const Seed seed = json::parse<Seed>(file.readAll(), json::UnknownMembers::Reject);
    for (const SeedTenant &tenant : seed.tenants) {
        const auto found =
            m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, tenant.slug); });
        if (found)
            make(found->id, tenant, now);
    }
}

void DemoHistory::make(const QUuid &tenantId, const SeedTenant &seed, const QDateTime &now)
{
    m_prices.prices(); // read before the transaction below, since it takes one of its own
    m_database.transaction({tenantId}, [&](Transaction &tx) {
        if (DemoHistoryStore::hasJobs(tx))
            return;
        const auto people = tx.all<Person>(
            "SELECT id, display_name FROM users WHERE roles && '{owner,prompt-engineer}' ORDER BY email LIMIT 20");
        if (people.isEmpty())
            return;
        Dice dice(qChecksum(seed.slug.toUtf8()));
        std::map<std::pair<qsizetype, QString>, Question> questions;
        QList<EndedJob> jobs;
        QList<UsageStore::Call> calls;
        for (const QDateTime &at : moments(now, seed.jobsADay, dice)) {
            const qsizetype sample = dice.below(int(seed.samples.size()));
            const QString model = QString::fromLatin1(dice.of(models).model);
            auto known = questions.find({sample, model});
            if (known == questions.end())
                known = questions.emplace(std::pair(sample, model), question(tx, tenantId, seed.samples[sample], model))
                            .first;
            Story story(known->second, people[dice.below(int(people.size()))], at, dice, m_prices);
            story.tell(dice.of(endings).ending);
            jobs.append(story.ended);
            calls += story.calls;
        }
        DemoHistoryStore::insert(tx, jobs);
        UsageStore::record(tx, calls);
    });
    UsageRollup::sumUp(m_database, tenantId);
}
