// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_messages.h"

namespace live {

QByteArray eventMessage(const LoggedEvent &event, const QByteArray &data)
{
    QByteArray out = "{\"type\":\"event\",\"sequence\":" + QByteArray::number(event.sequence) + ",\"topic\":";
    json::write(out, event.topic);
    out += ",\"name\":";
    json::write(out, event.name);
    out += ",\"time\":";
    json::write(out, event.createdAt);
    out += ",\"data\":";
    out += data;
    out += '}';
    return out;
}

QByteArray outputMessage(const OutputPiece &piece)
{
    QByteArray out = "{\"type\":\"output\",\"jobId\":";
    json::write(out, piece.jobId);
    out += ",\"attempt\":" + QByteArray::number(piece.attempt) + ",\"offset\":" + QByteArray::number(piece.offset)
        + ",\"text\":";
    json::write(out, piece.text);
    out += '}';
    return out;
}

QByteArray answerMessage(const Answer &answer) { return "{\"type\":\"answer\"," + json::print(answer).mid(1); }

QByteArray stateMessage(ServerMessageType type, qint64 sequence, const std::optional<QStringList> &topics)
{
    QByteArray out = "{\"type\":";
    json::write(out, type);
    out += ",\"sequence\":" + QByteArray::number(sequence);
    if (topics) {
        out += ",\"topics\":";
        json::write(out, QList<QString>(*topics));
    }
    out += '}';
    return out;
}

QByteArray presenceMessage(const Presence &presence)
{
    QByteArray out = "{\"type\":\"presence\",\"topic\":";
    json::write(out, presence.topic);
    out += ",\"people\":";
    json::write(out, presence.people);
    out += '}';
    return out;
}

QByteArray errorMessage(const char *code, const QString &detail)
{
    QByteArray out = "{\"type\":\"error\",\"code\":";
    json::write(out, QString::fromLatin1(code));
    out += ",\"detail\":";
    json::write(out, detail);
    out += '}';
    return out;
}

} // namespace live
