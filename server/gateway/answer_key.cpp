// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/answer_key.h"

#include "shared/json/json.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <concepts>

using providers::ContentPart;
using providers::ModelRequest;
using providers::Tool;
using providers::ToolChoice;

namespace {

// Each value with its length, and each list with its number of items, so that no two requests print alike.
class Print
{
public:
    Print &operator<<(QByteArrayView bytes)
    {
        *this << qint64(bytes.size());
        m_hash.addData(bytes);
        return *this;
    }
    Print &operator<<(const QByteArray &bytes) { return *this << QByteArrayView(bytes); }
    Print &operator<<(const QString &text) { return *this << QByteArrayView(text.toUtf8()); }
    Print &operator<<(const QJsonObject &object) { return *this << QByteArrayView(json::print(object)); }
    Print &operator<<(std::integral auto number)
    {
        const qint64 bytes = qToLittleEndian(qint64(number));
        m_hash.addData(QByteArrayView(reinterpret_cast<const char *>(&bytes), sizeof bytes));
        return *this;
    }
    Print &operator<<(double number)
    {
        return *this << std::bit_cast<qint64>(number == 0 ? 0.0 : number); // and not −0
    }
    template<class T> Print &operator<<(const std::optional<T> &value)
    {
        *this << value.has_value();
        return value ? *this << *value : *this;
    }
    template<class T> Print &operator<<(const QList<T> &list)
    {
        *this << list.size();
        for (const T &item : list)
            *this << item;
        return *this;
    }
    Print &operator<<(const ContentPart &part)
    {
        return *this << int(part.kind) << part.text << part.data << part.mediaType << part.url << part.detail << part.id
                     << part.name << part.arguments << part.isError;
    }
    Print &operator<<(const providers::ChatMessage &message)
    {
        return *this << message.role << message.content << message.parts;
    }
    Print &operator<<(const Tool &tool)
    {
        return *this << tool.name << tool.description << tool.parameters << tool.strict;
    }
    Print &operator<<(const ToolChoice &choice) { return *this << int(choice.kind) << choice.name; }

    QByteArray digest() const { return m_hash.result(); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

} // namespace

QByteArray answerKey(const QUuid &tenantId, const QString &fullModel, const QUuid &credentialId,
                     const ModelRequest &request)
{
    Print print;
    print << tenantId.toRfc4122() << fullModel << credentialId.toRfc4122() << request.baseUrl.toEncoded()
          << request.model << request.messages << request.temperature << request.topP << request.maxTokens
          << QList<QString>(request.stop) << request.responseFormat << request.tools << request.toolChoice
          << request.parallelToolCalls << request.topK << request.seed << request.presencePenalty
          << request.frequencyPenalty << request.reasoningEffort;
    return print.digest();
}
