// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_provider.h"

namespace providers {

// Anthropic's Messages (POST /v1/messages), and servers that speak it. Asks for version 2023-06-01, because later ones
// refuse temperature and top_p. System messages are joined into the top-level `system`. The base URL ends before "/v1",
// or in it. A key is required only at api.anthropic.com.
class Anthropic : public HttpProvider
{
public:
    static constexpr int defaultMaxTokens = 4096; // the format requires a number, and every model takes this one

    using HttpProvider::HttpProvider;

    static QUrl defaultBaseUrl();
    QString name() const override { return QStringLiteral("anthropic"); }
    QString title() const override { return QStringLiteral("Anthropic"); }

protected:
    HttpRequest prepare(const ModelRequest &request) const override;
    void readWhole(const QJsonObject &answer, const ModelRequest &request, AnswerDraft &draft) const override;
    void readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const override;
    bool isWhole(const AnswerDraft &draft) const override { return draft.isComplete; }
};

} // namespace providers
