// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_provider.h"

namespace providers {

// Anthropic's Messages (POST /v1/messages), and servers that speak it. Asks for version 2023-06-01, because later ones
// refuse temperature and top_p. System messages are joined into the top-level `system`, and what tools answered stands
// at the beginning of the user's next message. A seed and penalties are refused: the format has none. The base URL ends
// before "/v1", or in it. A key is required only at api.anthropic.com.
class Anthropic : public HttpProvider
{
public:
    static constexpr int defaultMaxTokens = 4096; // the format requires a number, and every model takes this one
    static constexpr int thinkingMaxTokens = 16384; // what is thought counts with the answer; models that can take it

    explicit Anthropic(HttpTransport &transport, QString name = QStringLiteral("anthropic"),
                       QString title = QStringLiteral("Anthropic"));

    static QUrl defaultBaseUrl();
    QString name() const override { return m_name; }
    QString title() const override { return m_title; }

protected:
    HttpRequest prepare(const ModelRequest &request) const override;
    HttpRequest prepareListing(const ModelRequest &request) const override;
    HttpRequest prepareEmbedding(const EmbeddingRequest &request) const override;
    void readEmbeddings(const QJsonObject &object, EmbeddingAnswer &answer) const override;
    void readWhole(const QJsonObject &answer, const ModelRequest &request, AnswerDraft &draft) const override;
    void readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const override;
    bool isWhole(const AnswerDraft &draft) const override { return draft.isComplete; }

private:
    HttpRequest addressed(const ModelRequest &request, const QString &path) const;

    QString m_name;
    QString m_title;
};

} // namespace providers
