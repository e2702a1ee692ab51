// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/format.h"

namespace gateway {

// Without what OpenAI keeps between calls: each request brings the whole conversation.
class OpenAiResponses final : public Format
{
public:
    Dialect dialect() const override { return Dialect::OpenAi; }
    QLatin1StringView home() const override { return QLatin1StringView("openai"); }
    QLatin1StringView endUserPointer() const override { return QLatin1StringView("/user"); }
    QLatin1StringView oneCallPointer() const override { return QLatin1StringView("/parallel_tool_calls"); }
    Incoming read(const QJsonObject &body) const override;
    std::unique_ptr<AnswerWriter> writer(const Incoming &incoming, AnswerHead head) const override;
};

} // namespace gateway
