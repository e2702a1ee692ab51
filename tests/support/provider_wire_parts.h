// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/provider_wire.h"

#include <QJsonArray>
#include <QJsonObject>

// What the formats of the test provider share; only for provider_wire_*.cpp.
namespace wire {

QByteArray text(const QJsonObject &object);
qint64 words(const QString &text);
QStringList pieces(const QString &text); // words, each with the space that follows it
QString contentText(const QJsonValue &content); // a string, or parts with "text"
QStringList fragments(const QString &arguments); // of some characters each

void refuse(WireRequest &request, int status, const QString &message); // the first counts
// Refuses members beside these, separated by spaces. `complaint` has a %1 for the name.
void allowOnly(WireRequest &request, const QJsonObject &object, const char *names, const QString &complaint);
bool isToolName(const QString &name, int longest);
bool isNumberWithin(const QJsonObject &object, QLatin1StringView name, double least, double most); // or absent

void readOpenAi(WireRequest &request, const QJsonObject &body, const WireHeaders &headers);
void readAnthropic(WireRequest &request, const QJsonObject &body, const WireHeaders &headers);
void readGoogle(WireRequest &request, const QJsonObject &body, const WireHeaders &headers);
void readOpenAiEmbedding(WireRequest &request, const QJsonObject &body, const WireHeaders &headers);
void readGoogleEmbedding(WireRequest &request, const QJsonObject &body, const WireHeaders &headers);

struct ToolCall
{
    QString id;
    QString name;
    QString arguments;
};

struct Content
{
    QStringList pieces;
    QList<ToolCall> calls;
    QString finish; // OpenAI's words
    WireTokens tokens;
};

// What an answer is written from.
struct Writing
{
    const WireRequest &request;
    const Behaviour &behaviour;
    const Content &content;
    qint64 number;
};
WireAnswer writeOpenAi(const Writing &writing);
WireAnswer writeAnthropic(const Writing &writing);
WireAnswer writeGoogle(const Writing &writing);
QByteArray writeEmbeddings(const WireRequest &request, const Behaviour &behaviour);

// An event as it is: `name` is for Anthropic.
QByteArray event(Wire wire, const Behaviour &behaviour, const QByteArray &name, const QByteArray &data);

} // namespace wire
