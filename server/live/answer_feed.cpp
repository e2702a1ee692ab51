// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/answer_feed.h"

#include "server/live/live_service.h"
#include "server/live/live_topics.h"
#include "shared/permissions/policy.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostAnswersKept = 200; // of a connection, before those that have ended are forgotten

// Whether the caller may see what this message says.
bool maySee(const Caller &caller, const QJsonObject &message)
{
    if (!caller.may(Ability::ChatRead))
        return false;
    if (!caller.policy)
        return true;
    const permissions::Attributes record(*subjectOf(Ability::ChatRead), message);
    return caller.policy->may(Ability::ChatRead, record)
        && caller.policy->mayField(Ability::ChatRead, u"text"_s, record);
}

} // namespace

void AnswerFeed::follow(const QUuid &tenantId, const QSet<QString> &topics)
{
    if (!m_services.watchAnswers)
        return;
    QSet<QUuid> channels;
    for (const QString &topic : topics)
        if (topic.startsWith("channel/"_L1))
            channels.insert(live::recordOf(topic));
    m_watched.removeIf(
        [&](const QHash<QUuid, std::shared_ptr<void>>::iterator &it) { return !channels.contains(it.key()); });
    for (const QUuid &channel : std::as_const(channels))
        if (!m_watched.contains(channel))
            m_watched.insert(channel, m_services.watchAnswers(tenantId, channel));
    if (channels.isEmpty())
        m_sent.clear();
}

AnswerFeed::Sent &AnswerFeed::sentOf(const Caller &caller, const RunningAnswer &answer)
{
    const auto known = m_sent.find(answer.jobId);
    if (known != m_sent.end())
        return *known;
    if (m_sent.size() >= mostAnswersKept)
        m_sent.removeIf([this](const QHash<QUuid, Sent>::iterator &it) { return !m_services.answerOf(it.key()); });
    Sent &sent = m_sent[answer.jobId];
    sent.isVisible = maySee(caller, answer.message);
    return sent;
}

std::optional<live::Answer> AnswerFeed::next(const Caller &caller, const RunningAnswer &answer,
                                             const OutputPiece &piece)
{
    if (!m_watched.contains(answer.channelId))
        return std::nullopt;
    Sent &sent = sentOf(caller, answer);
    const bool isNewAttempt = piece.attempt > sent.attempt;
    if (piece.offset <= (isNewAttempt ? 0 : sent.offset))
        return take(sent, answer, piece);
    // Something before it was not sent, while the reader was slow or before it came.
    const auto whole = m_services.outputSoFar(answer.tenantId, answer.jobId);
    return whole ? take(sent, answer, *whole) : std::nullopt;
}

QList<live::Answer> AnswerFeed::soFar(const Caller &caller, const QUuid &channelId)
{
    QList<live::Answer> fresh;
    if (!m_watched.contains(channelId) || !m_services.answersIn)
        return fresh;
    for (const RunningAnswer &answer : m_services.answersIn(channelId))
        if (const auto whole = m_services.outputSoFar(answer.tenantId, answer.jobId))
            if (const auto piece = take(sentOf(caller, answer), answer, *whole))
                fresh.append(*piece);
    return fresh;
}

std::optional<live::Answer> AnswerFeed::take(Sent &sent, const RunningAnswer &answer, const OutputPiece &piece)
{
    if (!sent.isVisible || piece.attempt < sent.attempt)
        return std::nullopt;
    if (piece.attempt > sent.attempt)
        sent = {true, piece.attempt, 0};
    const QString text = piece.text.mid(sent.offset - piece.offset);
    if (piece.offset > sent.offset || text.isEmpty())
        return std::nullopt;
    const qint64 offset = std::exchange(sent.offset, sent.offset + text.size());
    return live::Answer{answer.channelId, answer.messageId, answer.jobId, piece.attempt, offset, text};
}
