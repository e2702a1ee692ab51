// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/format.h"

namespace gateway {

class AnthropicMessages final : public Format
{
public:
    Dialect dialect() const override { return Dialect::Anthropic; }
    QLatin1StringView home() const override { return QLatin1StringView("anthropic"); }
    QLatin1StringView endUserPointer() const override { return QLatin1StringView("/metadata/user_id"); }
    QLatin1StringView oneCallPointer() const override
    {
        return QLatin1StringView("/tool_choice/disable_parallel_tool_use");
    }
    Incoming read(const QJsonObject &body) const override;
    std::unique_ptr<AnswerWriter> writer(const Incoming &incoming, AnswerHead head) const override;
};

} // namespace gateway
