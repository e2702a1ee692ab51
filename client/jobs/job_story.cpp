// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_story.h"

#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"
#include "shared/json/json.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

struct JobStory
{
    Q_DECLARE_TR_FUNCTIONS(JobStory)
};

QString tokensOf(const Job &job)
{
    if (job.inputTokens + job.outputTokens == 0)
        return {};
    QString tokens =
        JobStory::tr("%1 in · %2 out", "tokens").arg(amounts::count(job.inputTokens), amounts::count(job.outputTokens));
    if (job.cachedInputTokens > 0)
        tokens += u" · "_s + JobStory::tr("%1 cached", "tokens").arg(amounts::count(job.cachedInputTokens));
    if (job.reasoningTokens > 0)
        tokens += u" · "_s + JobStory::tr("%1 reasoning", "tokens").arg(amounts::count(job.reasoningTokens));
    return tokens;
}

Timeline::Step step(const StatusLook &look, const QString &title, const QString &text, const QString &time)
{
    return {look, title, text, time, {}, Tone::Neutral};
}

QString told(const Attempt &attempt)
{
    QStringList parts;
    if (attempt.error)
        parts << attempt.error->message;
    if (attempt.finishedAt)
        parts << amounts::duration(attempt.startedAt.msecsTo(*attempt.finishedAt));
    if (attempt.firstTokenMs)
        parts << JobStory::tr("first word after %1").arg(amounts::duration(*attempt.firstTokenMs));
    if (attempt.costNanos && *attempt.costNanos > 0)
        parts << amounts::cost(attempt.costNanos);
    if (!attempt.error && !attempt.finishedAt)
        parts << attempt.model;
    return parts.join(u" · "_s);
}

} // namespace

jobStory::Lines jobStory::facts(const Job &job, const QDateTime &now)
{
    const auto elapsed = runningMs(job, now);
    const bool waits = job.state == JobState::Queued && job.runAt > now;
    return {
        {JobStory::tr("Model"), job.model},
        {JobStory::tr("Version"), job.templateVersion ? u"v%1"_s.arg(*job.templateVersion) : QString()},
        {JobStory::tr("Tokens"), tokensOf(job)},
        {JobStory::tr("Cost"), job.cacheHit ? JobStory::tr("nothing, from the cache") : amounts::cost(job.costNanos)},
        {JobStory::tr("Duration"), elapsed ? amounts::duration(*elapsed) : QString()},
        {JobStory::tr("Run by"), job.userName},
        {JobStory::tr("Priority"), job.priority == JobPriority::Normal ? QString() : shownPriority(job.priority)},
        {JobStory::tr("Made"), amounts::dayAndTime(job.createdAt)},
        {JobStory::tr("Starts at"), waits ? amounts::dayAndTime(job.runAt) : QString()},
        {JobStory::tr("Ended with"), job.finishReason}};
}

QString jobStory::waiting(const JobWait &wait, const Job &job)
{
    const QString of = wait.model.isEmpty() ? QString() : u" ("_s + wait.model + u')';
    const QString limit = wait.limit ? amounts::count(*wait.limit) : u"—"_s;
    switch (wait.reason) {
    case WaitReason::Time:
        return JobStory::tr("Waits for its time: %1.").arg(amounts::dayAndTime(job.runAt));
    case WaitReason::Pause:
        return JobStory::tr("Waits for its batch, which is paused.");
    case WaitReason::TenantLimit:
        return JobStory::tr("Waits for a place: the plan lets %1 jobs run at a time.").arg(limit);
    case WaitReason::OwnLimit:
        return JobStory::tr("Waits for a place: your tenant's limit%1 lets %2 jobs run at a time.").arg(of, limit);
    case WaitReason::ServerLimit:
        return JobStory::tr("Waits for a place: the server's limit%1 lets %2 jobs run at a time.").arg(of, limit);
    case WaitReason::Turn:
        return JobStory::tr("Waits for its turn.");
    }
    return {};
}

QList<Timeline::Step> jobStory::timeline(const Job &job, const QList<Attempt> &attempts)
{
    QList<Timeline::Step> steps{step(lookOf(JobState::Queued), JobStory::tr("Queued"),
                                     JobStory::tr("priority %1").arg(shownPriority(job.priority)),
                                     amounts::moment(job.createdAt))};
    for (const Attempt &attempt : attempts)
        steps << step(lookOf(attempt.state), JobStory::tr("Attempt %1").arg(attempt.number), told(attempt),
                      amounts::moment(attempt.startedAt));
    const StatusLook look = lookOf(job.state);
    if (hasEnded(job.state))
        steps << step(look, look.label,
                      job.state == JobState::Dead ? JobStory::tr("used up its %n attempt(s)", nullptr, job.attemptCount)
                                                  : QString(),
                      job.finishedAt ? amounts::moment(*job.finishedAt) : QString());
    else if (job.state == JobState::Queued && job.attemptCount > 0)
        steps << step({Tone::Warning, u"clock"_s, {}}, JobStory::tr("Tries again"), {}, amounts::moment(job.runAt));
    return steps;
}

jobStory::Lines jobStory::cost(const Job &job, const QList<ModelInfo> &models)
{
    const auto model =
        std::find_if(models.begin(), models.end(), [&](const ModelInfo &one) { return one.name == job.model; });
    if (model == models.end() || job.cacheHit || !job.costNanos || *job.costNanos == 0)
        return {};
    Lines lines;
    const auto line = [&](const QString &label, qint64 tokens, std::optional<qint64> microsPerMillion) {
        if (tokens > 0 && microsPerMillion)
            lines << std::pair(label,
                               JobStory::tr("%1 × %2 for a million")
                                   .arg(amounts::count(tokens), amounts::exactCost(*microsPerMillion * 1000)));
    };
    line(JobStory::tr("Input"), job.inputTokens - job.cachedInputTokens, model->inputMicrosPerMillion);
    line(JobStory::tr("Output"), job.outputTokens, model->outputMicrosPerMillion);
    lines << std::pair(JobStory::tr("Charged"), amounts::exactCost(*job.costNanos));
    if (!model->verified)
        lines << std::pair(JobStory::tr("Price"), JobStory::tr("from the seed list, not verified yet"));
    return lines;
}

QString jobStory::transcript(const QList<PromptMessage> &messages)
{
    QStringList parts;
    for (const PromptMessage &message : messages)
        parts << QString(json::name(message.role)) + u":\n"_s + message.content;
    return parts.join(u"\n\n"_s);
}

QString jobStory::readable(const QJsonObject &object)
{
    return object.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(object).toJson()).trimmed();
}
