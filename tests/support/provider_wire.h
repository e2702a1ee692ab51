// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/provider_behaviour.h"

#include <QHash>
#include <QList>

// The two wire formats of the test provider, from the providers' public descriptions and not from our own client.

enum class Wire { OpenAi, Anthropic };

using WireHeaders = QHash<QByteArray, QByteArray>; // names in lower case

struct WireTokens
{
    qint64 input = 0;
    qint64 output = 0;
};

// A request that was understood, or the refusal of it.
struct WireRequest
{
    QString model;
    QString lastUserText;
    bool isStream = false;
    bool wantsUsage = true;
    std::optional<qint64> maxTokens;
    qint64 inputTokens = 0; // words

    int refusalStatus = 0;
    QString refusal;
};
WireRequest readRequest(Wire wire, const WireHeaders &headers, const QByteArray &body);

struct WireAnswer
{
    QList<QByteArray> events; // of a stream; each complete with its empty line
    QByteArray whole;
    WireTokens tokens;
};
// One token is one word. The answer is "Answer to: " and the last message of the user.
WireAnswer makeAnswer(Wire wire, const WireRequest &request, const Behaviour &behaviour, qint64 number);

QByteArray makeError(Wire wire, int status, const QString &message, const Behaviour &behaviour, qint64 number);
QByteArray makeModels(Wire wire);
