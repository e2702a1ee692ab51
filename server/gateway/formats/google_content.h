// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/format.h"

namespace gateway {

// The body has got the address's model as its `model`, as in Google's own description of the request.
class GoogleContent final : public Format
{
public:
    explicit GoogleContent(GoogleAnswer answer) : m_answer(answer) { }
    Dialect dialect() const override { return Dialect::Google; }
    QLatin1StringView home() const override { return QLatin1StringView("google"); }
    QLatin1StringView endUserPointer() const override { return {}; } // there is none
    QLatin1StringView oneCallPointer() const override { return {}; } // there is none
    Incoming read(const QJsonObject &body) const override;
    std::unique_ptr<AnswerWriter> writer(const Incoming &incoming, AnswerHead head) const override;

private:
    const GoogleAnswer m_answer;
};

} // namespace gateway
