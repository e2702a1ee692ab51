// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/provider_behaviour.h"

#include <QHash>
#include <QList>
#include <QStringList>

// The wire formats of the test provider, from the providers' public descriptions and not from our own client.

enum class Wire { OpenAi, Anthropic, Google };

using WireHeaders = QHash<QByteArray, QByteArray>; // names in lower case

// What the line of a request asks for. Google names the model there, and whether to stream.
struct WireTarget
{
    Wire wire = Wire::OpenAi;
    bool isEmbedding = false;
    bool isStream = false; // Google
    QString model; // Google
};
// Nothing when it is no call of a model.
std::optional<WireTarget> readTarget(const QByteArray &method, const QByteArray &path);

struct WireTokens
{
    qint64 input = 0;
    qint64 output = 0;
};

// A request that was understood, or the refusal of it.
struct WireRequest
{
    Wire wire = Wire::OpenAi;
    QString model;
    QString lastUserText; // or what the tools answered, where that came last
    bool isStream = false;
    bool wantsUsage = true;
    std::optional<qint64> maxTokens;
    qint64 inputTokens = 0; // words

    QStringList tools; // names of those that may be called
    bool mustCall = false;
    bool oneCallOnly = false;
    bool endsWithResults = false; // of tools

    bool isEmbedding = false;
    QStringList texts; // to be made vectors of
    bool wantsBase64 = false;
    std::optional<qint64> dimensions;

    int refusalStatus = 0;
    QString refusal;
};
WireRequest readRequest(const WireTarget &target, const WireHeaders &headers, const QByteArray &body);

struct WireAnswer
{
    QList<QByteArray> events; // of a stream; each complete with its empty line
    QByteArray whole;
    WireTokens tokens;
    qsizetype firstWord = 0; // the first event that brings a word or a piece of a call
    qsizetype words = 0; // how many such there are
};
// One token is one word. The answer is "Answer to: " and the last message of the user, or a call of a tool with the
// arguments {"count": 1, "text": "…"}; of an embedding the vectors of wireVector().
WireAnswer makeAnswer(const WireRequest &request, const Behaviour &behaviour, qint64 number);

// Of a text: its words, its length, and 0.125, 0.25 … until there are so many (8 where nobody says).
QList<float> wireVector(const QString &text, qsizetype dimensions = 8);

// The status that the service really gives for it.
int wireStatus(Wire wire, int status, const Behaviour &behaviour);
QByteArray makeError(Wire wire, int status, const QString &message, const Behaviour &behaviour, qint64 number);
QByteArray makeModels(Wire wire);
