// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/embedding_format.h"
#include "server/gateway/formats/members.h"
#include "shared/json/json.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace gateway {
namespace {

constexpr qsizetype mostTexts = 2048; // as OpenAI

QJsonValue printed(const QList<float> &vector, bool asBase64)
{
    if (!asBase64) {
        QJsonArray numbers;
        for (const float number : vector)
            numbers.append(double(number));
        return numbers;
    }
    QByteArray bytes(vector.size() * qsizetype(sizeof(float)), Qt::Uninitialized);
    qToLittleEndian<float>(vector.constData(), vector.size(), bytes.data());
    return QString::fromLatin1(bytes.toBase64());
}

class OpenAiEmbeddings final : public EmbeddingFormat
{
public:
    Dialect dialect() const override { return Dialect::OpenAi; }
    QLatin1StringView home() const override { return "openai"_L1; }

    EmbeddingQuestion read(const QJsonObject &object) const override
    {
        Members body(object);
        EmbeddingQuestion question;
        providers::ModelRequest &access = question.request.access;
        access.model = body.requiredText("model"_L1);
        access.stream = false;
        const QJsonValue input = body.value("input"_L1);
        if (input.isUndefined())
            body.refuse(u"input", u"is missing"_s);
        const QJsonValue first = input.isArray() ? input[0] : input;
        if (first.isDouble() || first.isArray())
            body.refuse(u"input", u"must be a text or a list of texts: tokens mean another text to each model"_s);
        question.request.texts = body.texts("input"_L1);
        if (question.request.texts.isEmpty() || question.request.texts.size() > mostTexts)
            body.refuse(u"input", u"must hold from one to %1 texts"_s.arg(mostTexts));
        if (question.request.texts.contains(QString()))
            body.refuse(u"input", u"must not hold an empty text"_s);
        if (const auto dimensions = body.integer("dimensions"_L1, 1, 100'000))
            question.request.dimensions = int(*dimensions);
        const QString encoding = body.text("encoding_format"_L1);
        if (!encoding.isEmpty() && encoding != u"float" && encoding != u"base64")
            body.refuse(u"encoding_format", u"must be float or base64"_s);
        question.wantsBase64 = encoding == u"base64";
        access.endUser = body.text("user"_L1);
        question.unheard = body.unread();
        return question;
    }

    QByteArray print(const EmbeddingQuestion &question, const QString &model,
                     const providers::EmbeddingAnswer &answer) const override
    {
        QJsonArray data;
        for (qsizetype i = 0; i < answer.vectors.size(); ++i)
            data.append(QJsonObject{{u"object"_s, u"embedding"_s},
                                    {u"index"_s, i},
                                    {u"embedding"_s, printed(answer.vectors[i], question.wantsBase64)}});
        return json::print(QJsonObject{
            {u"object"_s, u"list"_s},
            {u"model"_s, model},
            {u"data"_s, data},
            {u"usage"_s,
             QJsonObject{{u"prompt_tokens"_s, answer.usage.input}, {u"total_tokens"_s, answer.usage.input}}}});
    }
};

} // namespace

const EmbeddingFormat &openAiEmbeddings()
{
    static const OpenAiEmbeddings format;
    return format;
}

} // namespace gateway
