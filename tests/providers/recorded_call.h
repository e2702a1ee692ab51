// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"
#include "tests/support/provider_server.h"

#include <QTest>

// A call under test and all that it told.
struct RecordedCall
{
    QStringList deltas;
    QList<providers::ToolCallDelta> toolDeltas;
    QList<providers::ModelAnswer> answers;
    QList<providers::CallError> errors;
    std::unique_ptr<providers::Call> call;

    bool hasEnded() const { return !answers.isEmpty() || !errors.isEmpty(); }
    QString text() const { return deltas.join(QString()); }
    QString problem() const { return errors.isEmpty() ? QString() : errors.first().message; }
    // The calls as the pieces make them. Fails the test where a piece has no beginning or the beginning no name.
    QList<providers::ToolCall> toolCalls() const;
};

// Starts it; the events go on for as long as the result lives.
std::unique_ptr<RecordedCall> startCall(providers::Provider &provider, const providers::ModelRequest &request);

// Starts it and waits for its end. Fails the test when none comes.
std::unique_ptr<RecordedCall> finishCall(providers::Provider &provider, const providers::ModelRequest &request);

// The same request for each provider: key, base URL and one message of the user.
providers::ModelRequest requestFor(const providers::Provider &provider, const ProviderServer &server,
                                   const QString &model, const QString &text = QStringLiteral("one two three four"));
