// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_provider.h"

namespace providers {

// Google's Gemini API (POST /v1beta/models/MODEL:generateContent). The base URL ends before "/v1beta", or in it or in
// "/v1". A key is required only at generativelanguage.googleapis.com.
//
// Calls of tools that come without an id get one here. It refuses what the format has no field for: who is behind the
// call, and one call of a tool at a time.
class Google : public HttpProvider
{
public:
    explicit Google(HttpTransport &transport, QString name = QStringLiteral("google"),
                    QString title = QStringLiteral("Google"));

    static QUrl defaultBaseUrl();
    QString name() const override { return m_name; }
    bool takesEndUser() const override { return false; }
    bool takesOneCallOnly() const override { return false; }
    QString title() const override { return m_title; }

protected:
    HttpRequest prepare(const ModelRequest &request) const override;
    HttpRequest prepareListing(const ModelRequest &request) const override;
    QStringList readListing(const QJsonObject &answer) const override;
    HttpRequest prepareEmbedding(const EmbeddingRequest &request) const override;
    void readEmbeddings(const QJsonObject &object, EmbeddingAnswer &answer) const override;
    void readWhole(const QJsonObject &answer, const ModelRequest &request, AnswerDraft &draft) const override;
    void readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const override;
    bool isWhole(const AnswerDraft &draft) const override { return !draft.finishReason.isEmpty(); }

private:
    HttpRequest addressed(const ModelRequest &request, const QString &path) const;

    QString m_name;
    QString m_title;
};

} // namespace providers
