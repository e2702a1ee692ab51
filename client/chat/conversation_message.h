// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUuid>

// How far a message has come. The first three are the sender's own, before the server has it.
enum class DeliveryState { Sent, Sending, Waiting, Failed, Streaming, Stopped };

struct Reaction
{
    QString emoji;
    int count = 0;
    bool isMine = false;

    bool operator==(const Reaction &) const = default;
};

// The message that another one answers, as much as is shown of it.
struct QuotedMessage
{
    QUuid id;
    QString authorName;
    QString text;

    bool operator==(const QuotedMessage &) const = default;
};

// One message as the conversation shows it. Times are milliseconds since 1970 in UTC, 0 for none: a conversation
// compares many thousands of them.
struct ConversationMessage
{
    QUuid id; // until the server has it, the one that its sender gave it
    QUuid clientId; // that its sender gave it
    qint64 sequence = 0; // in its channel, from 1 without gaps; 0: not yet there
    QUuid authorId;
    QString authorName;
    bool isFromAssistant = false;
    bool isOwn = false;
    QString text; // Markdown; empty when it was deleted
    QuotedMessage quoted; // its id is null when it answers none
    int replyCount = 0; // in its thread
    QList<Reaction> reactions;
    bool isPinned = false;
    DeliveryState state = DeliveryState::Sent;
    QString error; // why it failed
    qint64 costNanos = -1; // of an assistant's answer, in billionths of a dollar; -1: none
    int tokens = 0; // of an answer, as far as it has come
    double tokensPerSecond = 0;
    qint64 createdAt = 0;
    qint64 editedAt = 0;
    qint64 deletedAt = 0;

    bool operator==(const ConversationMessage &) const = default;
};
Q_DECLARE_TYPEINFO(ConversationMessage, Q_RELOCATABLE_TYPE); // a list of many thousands grows by moving bytes
