// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/embedding_format.h"
#include "server/gateway/formats/google_contents.h"
#include "shared/json/json.h"

using namespace Qt::StringLiterals;

namespace gateway {
namespace {

constexpr qsizetype mostAtOnce = 100; // as Google

QJsonObject vectorOf(const QList<float> &vector)
{
    QJsonArray numbers;
    for (const float number : vector)
        numbers.append(double(number));
    return {{u"values"_s, numbers}};
}

// One of the texts, with what Google knows to say about it and others do not.
void readText(const GoogleItem &item, EmbeddingQuestion &question)
{
    Members one = googleMembers(item.value, item.pointer);
    providers::EmbeddingRequest &request = question.request;
    const bool isFirst = request.texts.isEmpty();
    if (const QString model = googleModel(one.text("model"_L1)); !model.isEmpty() && model != request.access.model)
        one.refuse(u"model", u"must be the one of the address"_s);
    if (!one.has("content"_L1))
        one.refuse(u"content", u"is missing"_s);
    const QString text = googleText(one.value("content"_L1), one.pointerTo(u"content"), question.unheard);
    if (text.isEmpty())
        one.refuse(u"content", u"must not be empty"_s);
    request.texts.append(text);
    const auto found = one.integer("outputDimensionality"_L1, 1, 100'000);
    const std::optional<int> dimensions = found ? std::optional(int(*found)) : std::nullopt;
    if (isFirst)
        request.dimensions = dimensions;
    else if (request.dimensions != dimensions)
        one.refuse(u"outputDimensionality", u"must be the same for all"_s);
    question.unheard += one.unread();
}

class GoogleEmbeddings final : public EmbeddingFormat
{
public:
    explicit GoogleEmbeddings(bool isBatch) : m_isBatch(isBatch) { }
    Dialect dialect() const override { return Dialect::Google; }
    QLatin1StringView home() const override { return "google"_L1; }

    EmbeddingQuestion read(const QJsonObject &object) const override
    {
        EmbeddingQuestion question;
        question.request.access.stream = false;
        Members body = googleMembers(object, {});
        question.request.access.model = googleModel(body.requiredText("model"_L1));
        if (!m_isBatch) {
            readText({object, {}}, question);
            return question;
        }
        const QList<GoogleItem> items = googleItems(body, "requests"_L1);
        if (items.isEmpty() || items.size() > mostAtOnce)
            body.refuse(u"requests", u"must hold from one to %1"_s.arg(mostAtOnce));
        for (const GoogleItem &item : items)
            readText(item, question);
        question.unheard += body.unread();
        return question;
    }

    QByteArray print(const EmbeddingQuestion &, const QString &,
                     const providers::EmbeddingAnswer &answer) const override
    {
        QJsonObject body{{u"usageMetadata"_s, QJsonObject{{u"promptTokenCount"_s, answer.usage.input}}}};
        QJsonArray vectors;
        for (const QList<float> &vector : answer.vectors)
            vectors.append(vectorOf(vector));
        if (m_isBatch)
            body.insert(u"embeddings"_s, vectors);
        else
            body.insert(u"embedding"_s, vectors.first());
        return json::print(body);
    }

private:
    const bool m_isBatch;
};

} // namespace

const EmbeddingFormat &googleEmbedding()
{
    static const GoogleEmbeddings format(false);
    return format;
}

const EmbeddingFormat &googleEmbeddings()
{
    static const GoogleEmbeddings format(true);
    return format;
}

} // namespace gateway
