// SPDX-License-Identifier: GPL-3.0-or-later
// What a live connection passes on that is in no log: who is there, and outputs and answers while they are written.
#include "server/live/live_connection.h"

using namespace Qt::StringLiterals;

// Only of a topic that it follows: whoever may not read the record can neither see nor be seen.
void LiveConnection::present(const live::ClientMessage &message)
{
    if (!message.topic || !message.activity)
        return fail("invalid", u"/topic and /activity are needed"_s);
    if (!m_topics.contains(*message.topic) || !live::hasPresence(*message.topic))
        return fail("forbidden",
                    u"Subscribe to template/<id>, channels or channel/<id> first, and then say what is done there."_s);
    if (*message.activity == live::Activity::Gone)
        return absent(*message.topic);
    m_presentAt.insert(*message.topic);
    m_hub.presenceBook().say(m_caller->tenantId, *message.topic, m_number, m_caller->userId, m_caller->displayName,
                             *message.activity);
}

void LiveConnection::absent(const QString &topic)
{
    if (m_presentAt.remove(topic))
        m_hub.presenceBook().leave(m_caller->tenantId, topic, m_number);
}

void LiveConnection::offerPresence(const QString &topic, const QByteArray &frame)
{
    // A slow reader misses some: the next list is whole again.
    if (m_topics.contains(topic) && !isSlow())
        m_socket->sendFrames(frame);
}

void LiveConnection::watchOutputs()
{
    m_outputs.removeIf(
        [this](const QHash<QString, std::shared_ptr<void>>::iterator &it) { return !m_topics.contains(it.key()); });
    for (const QString &topic : std::as_const(m_topics))
        if (topic.startsWith("job/"_L1) && !m_silent.contains(topic) && !m_outputs.contains(topic))
            m_outputs.insert(topic, m_hub.services().watchOutput(QUuid::fromString(topic.mid(4))));
    if (m_caller)
        m_answers.follow(m_caller->tenantId, m_topics);
}

void LiveConnection::offer(const OutputPiece &piece, const QString &topic, QByteArray &frame)
{
    if (!m_topics.contains(topic) || m_silent.contains(topic) || isSlow())
        return;
    qint64 &sent = m_outputSent[piece.jobId];
    if (piece.offset == 0)
        sent = 0; // a new attempt starts over
    if (piece.offset != sent)
        return piece.offset > sent ? sendOutputSoFar(topic) : void();
    sent = piece.offset + piece.text.size();
    if (frame.isEmpty())
        frame = http::WebSocket::textFrame(live::outputMessage(piece));
    m_socket->sendFrames(frame);
}

void LiveConnection::offer(const OutputPiece &piece, const RunningAnswer &answer)
{
    if (!m_live || isSlow())
        return;
    if (const auto fresh = m_answers.next(*m_caller, answer, piece))
        send(live::answerMessage(*fresh));
}

void LiveConnection::sendAnswersSoFar(const QUuid &channelId)
{
    if (!m_live || isSlow())
        return;
    for (const live::Answer &fresh : m_answers.soFar(*m_caller, channelId))
        send(live::answerMessage(fresh));
}

void LiveConnection::sendOutputSoFar(const QString &topic)
{
    if (topic.startsWith("channel/"_L1))
        return sendAnswersSoFar(live::recordOf(topic));
    if (!topic.startsWith("job/"_L1) || m_silent.contains(topic) || isSlow())
        return;
    const QUuid jobId = QUuid::fromString(topic.mid(4));
    const auto soFar = m_hub.services().outputSoFar(m_caller->tenantId, jobId);
    if (!soFar)
        return;
    qint64 &sent = m_outputSent[jobId];
    const qint64 end = soFar->offset + soFar->text.size();
    if (end <= sent)
        return;
    OutputPiece missing = *soFar;
    missing.text = soFar->text.mid(sent - soFar->offset);
    missing.offset = sent;
    sent = end;
    send(live::outputMessage(missing));
}
