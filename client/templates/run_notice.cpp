// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/run_notice.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

struct RunNotices
{
    Q_DECLARE_TR_FUNCTIONS(RunNotices)
};

struct Advice
{
    const char *code;
    const char *text;
};

constexpr auto another = QT_TRANSLATE_NOOP("RunNotices", "Choose another model, or ask an owner to look at the key.");
constexpr auto later = QT_TRANSLATE_NOOP("RunNotices", "Run it again in a while, or choose another model.");

// By the codes that the server gives its errors (JobError).
constexpr auto advices = std::to_array<Advice>({
    {"invalid_request", QT_TRANSLATE_NOOP("RunNotices", "Change the prompt or the parameters of the model.")},
    {"not_configured",
     QT_TRANSLATE_NOOP("RunNotices", "Choose another model, or ask an owner to give the server a key for this one.")},
    {"authentication_failed", another},
    {"permission_denied", another},
    {"not_found", QT_TRANSLATE_NOOP("RunNotices", "Choose another model.")},
    {"quota_exhausted",
     QT_TRANSLATE_NOOP("RunNotices", "Choose a model of another provider until the account is topped up.")},
    {"rate_limited", later},
    {"overloaded", later},
    {"provider_failed", later},
    {"timeout", later},
    {"connection_failed", later},
    {"conflict", later},
    {"broken_answer", later},
    {"malformed_answer", later},
    {"worker_lost", later},
    {"answer_too_large", QT_TRANSLATE_NOOP("RunNotices", "Ask for less, or limit the tokens of the answer.")},
});

QString adviceOn(const QString &code)
{
    const auto found = std::find_if(advices.begin(), advices.end(),
                                    [&](const Advice &a) { return code == QLatin1StringView(a.code); });
    return found == advices.end() ? QString() : RunNotices::tr(found->text);
}

QString sentences(const QStringList &parts)
{
    QStringList said;
    for (const QString &part : parts)
        if (!part.isEmpty())
            said << (u".!?…"_s.contains(part.back()) ? part : part + u'.');
    return said.join(u' ');
}

} // namespace

std::optional<RunNotice> noticeOf(const Job &job, bool isConnected, const QDateTime &now)
{
    const QString why = job.error ? job.error->message : QString();
    const QString code = job.error ? job.error->code : QString();
    switch (job.state) {
    case JobState::Queued:
    case JobState::Running:
        if (!isConnected)
            return RunNotice{Tone::Warning, u"cloud-off"_s,
                             RunNotices::tr("The connection is gone. The run goes on at the server, and its answer "
                                            "appears when the connection is back.")};
        if (job.state == JobState::Running || job.attemptCount == 0)
            return {};
        return RunNotice{Tone::Warning, u"rotate-cw"_s,
                         sentences({why,
                                    RunNotices::tr("Attempt %1 of %2 follows in %3")
                                        .arg(job.attemptCount + 1)
                                        .arg(job.maxAttempts)
                                        .arg(amounts::duration(std::max<qint64>(now.secsTo(job.runAt), 1) * 1000))})};
    case JobState::Completed:
        if (job.finishReason != u"length"_s)
            return {};
        return RunNotice{Tone::Warning, u"info"_s,
                         RunNotices::tr("The answer was cut off at the most tokens that are allowed. Raise the limit "
                                        "in the parameters of the model.")};
    case JobState::Canceled:
        return RunNotice{Tone::Neutral, u"ban"_s, RunNotices::tr("Stopped. The text so far is kept."), true};
    case JobState::Failed:
        return RunNotice{Tone::Danger, u"circle-alert"_s, sentences({why, adviceOn(code)}), true};
    case JobState::Dead:
        return RunNotice{
            Tone::Danger, u"circle-alert"_s,
            sentences({why, RunNotices::tr("Tried %n time(s)", nullptr, job.attemptCount), adviceOn(code)}), true};
    }
    return {};
}

RunNotice noticeOf(const ApiError &refusal)
{
    if (refusal.status == 0)
        return {Tone::Danger, u"cloud-off"_s,
                sentences({refusal.detail, RunNotices::tr("Nothing was run. Run it again when the server answers")}),
                true};
    return {Tone::Danger, u"circle-alert"_s, refusal.detail, refusal.status == 429 || refusal.status >= 500};
}
