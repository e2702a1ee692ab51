// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/providers/recorded_call.h"

QList<providers::ToolCall> RecordedCall::toolCalls() const
{
    QList<providers::ToolCall> calls;
    for (const providers::ToolCallDelta &delta : toolDeltas) {
        const bool begins = delta.index == calls.size();
        if (delta.index > calls.size() || begins == delta.name.isEmpty() || begins == delta.id.isEmpty())
            QTest::qFail("A piece of a call of a tool stands where it must not.", __FILE__, __LINE__);
        if (begins)
            calls.append({delta.id, delta.name, {}});
        calls[delta.index].arguments += delta.arguments;
    }
    return calls;
}

std::unique_ptr<RecordedCall> startCall(providers::Provider &provider, const providers::ModelRequest &request)
{
    auto recorded = std::make_unique<RecordedCall>();
    RecordedCall *to = recorded.get();
    recorded->call = provider.start(request,
                                    {.text = [to](const QString &delta) { to->deltas.append(delta); },
                                     .toolCall = [to](const auto &delta) { to->toolDeltas.append(delta); },
                                     .done = [to](const auto &answer) { to->answers.append(answer); },
                                     .failed = [to](const auto &error) { to->errors.append(error); }});
    return recorded;
}

std::unique_ptr<RecordedCall> finishCall(providers::Provider &provider, const providers::ModelRequest &request)
{
    auto recorded = startCall(provider, request);
    if (!QTest::qWaitFor([&] { return recorded->hasEnded(); }, 20'000))
        QTest::qFail("The call told neither done nor failed.", __FILE__, __LINE__);
    return recorded;
}

providers::ModelRequest requestFor(const providers::Provider &provider, const ProviderServer &server,
                                   const QString &model, const QString &text)
{
    providers::ModelRequest request;
    request.model = model;
    request.messages = {{QStringLiteral("user"), text}};
    request.apiKey = "sk-test-0123456789abcdef";
    // Without a version: Anthropic's and Google's are added.
    request.baseUrl = provider.name() == QStringLiteral("openai") ? server.openAiBaseUrl() : server.anthropicBaseUrl();
    return request;
}
