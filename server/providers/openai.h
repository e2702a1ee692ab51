// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_provider.h"

namespace providers {

// OpenAI's Chat Completions (openai/openai-openapi, POST /chat/completions) and whatever is compatible with it: Ollama,
// vLLM, llama.cpp, Mistral, Groq, xAI and others, each under a name and base URL of its own. The base URL ends where
// "/chat/completions" follows, usually in "/v1"; one without a path gets that "/v1".
//
// The limit of tokens is sent as `max_completion_tokens` to api.openai.com, whose reasoning models refuse the old name,
// and as `max_tokens` elsewhere, which every compatible server knows; likewise who is behind the call goes there as
// `safety_identifier`, elsewhere as `user`. top_k is refused for api.openai.com and passed on to others. A key is
// required only at api.openai.com.
class OpenAi : public HttpProvider
{
public:
    explicit OpenAi(HttpTransport &transport, QString name = QStringLiteral("openai"),
                    QString title = QStringLiteral("OpenAI"));

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
    bool isWhole(const AnswerDraft &draft) const override;

private:
    HttpRequest addressed(const ModelRequest &request, const QString &path) const;

    QString m_name;
    QString m_title;
};

} // namespace providers
