// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chat/chat_stage.h"

using namespace Qt::StringLiterals;

namespace {

void requireStatus(const HttpAnswer &answer, std::initializer_list<int> expected)
{
    if (std::find(expected.begin(), expected.end(), answer.status) == expected.end())
        QTest::qFail(QByteArray::number(answer.status) + ' ' + answer.body, __FILE__, __LINE__);
}

} // namespace

bool ChatStage::start()
{
    if (!provider.listen())
        return false;
    const auto both = [this](Config &config) {
        config.masterKey = QByteArray(64, 'a');
        config.openaiKey = "key";
        config.openaiBaseUrl = provider.openAiBaseUrl().toString();
        config.jobBackoff = {std::chrono::milliseconds(20)};
        config.demoHistory = false;
    };
    m_server.emplace([&](Config &config) {
        both(config);
        config.roles.worker = false;
    });
    m_worker.emplace([&](Config &config) {
        both(config);
        config.demo = false;
        const QString url = u"host='%1/data/postgres/socket' port=5432 dbname=patio user=%2"_s.arg(m_server->folder());
        config.databaseUrl = url.arg(u"patio_app"_s);
        config.databaseOwnerUrl = url.arg(u"patio_owner"_s);
    });
    const QJsonObject text{{u"type"_s, u"string"_s}};
    const QJsonObject schema{{u"type"_s, u"object"_s},
                             {u"additionalProperties"_s, false},
                             {u"properties"_s, QJsonObject{{u"question"_s, text}, {u"conversation"_s, text}}}};
    m_template = makeTemplate(u"Helper"_s,
                              {{u"systemPrompt"_s, u"You help people.\nBefore:\n{{conversation}}"_s},
                               {u"userPrompt"_s, u"{{question}}"_s},
                               {u"variablesSchema"_s, schema},
                               {u"defaultModel"_s, u"openai/gpt-4o-mini"_s}});
    return true;
}

QString ChatStage::makeTemplate(const QString &name, const QJsonObject &version)
{
    const HttpAnswer made = send("POST", u"templates"_s, {{u"name"_s, name}, {u"version"_s, version}});
    requireStatus(made, {201});
    return made.json()[u"template"_s][u"slug"_s].toString();
}

QString ChatStage::makeAssistant(const QString &name, const QJsonObject &more)
{
    QJsonObject input{{u"name"_s, name}, {u"template"_s, m_template}};
    for (auto it = more.begin(); it != more.end(); ++it)
        input.insert(it.key(), it.value());
    const HttpAnswer made = send("POST", u"assistants"_s, input);
    requireStatus(made, {201});
    return made.json()[u"id"_s].toString();
}

QString ChatStage::makeChannel(const QString &name, const QString &assistant, const QString &kind)
{
    const HttpAnswer made = send("POST", u"channels"_s, {{u"kind"_s, kind}, {u"name"_s, name}});
    requireStatus(made, {201});
    const QString id = made.json()[u"channel"_s][u"id"_s].toString();
    if (!assistant.isEmpty())
        requireStatus(send("POST", u"channels/%1/assistants"_s.arg(id), {{u"assistantId"_s, assistant}}), {201});
    return id;
}

void ChatStage::join(const QString &channel, const QString &role)
{
    requireStatus(send("POST", u"channels/%1/join"_s.arg(channel), {}, role), {200});
}

QJsonObject ChatStage::post(const QString &channel, const QString &text, const QString &mentioned, const QString &role,
                            const QJsonObject &more)
{
    QJsonObject input{{u"clientId"_s, newId().toString(QUuid::WithoutBraces)}, {u"text"_s, text}};
    if (!mentioned.isEmpty())
        input.insert(u"mentions"_s, QJsonArray{mentioned});
    for (auto it = more.begin(); it != more.end(); ++it)
        input.insert(it.key(), it.value());
    const HttpAnswer made = send("POST", u"channels/%1/messages"_s.arg(channel), input, role);
    requireStatus(made, {201});
    return made.json();
}

QList<QJsonObject> ChatStage::messages(const QString &channel)
{
    QList<QJsonObject> list;
    for (const QJsonValue one :
         get(u"channels/%1/messages?after=0&limit=500"_s.arg(channel)).json()[u"items"_s].toArray())
        list.append(one.toObject());
    return list;
}

QJsonObject ChatStage::answerTo(const QJsonObject &question, const QString &state)
{
    QJsonObject answer;
    const bool isThere = QTest::qWaitFor(
        [&] {
            for (const QJsonObject &one : messages(question[u"channelId"_s].toString()))
                if (one[u"replyToId"_s] == question[u"id"_s] && one[u"authorKind"_s] == u"assistant"_s)
                    answer = one;
            return !answer.isEmpty() && (state.isEmpty() || answer[u"state"_s] == state);
        },
        patience);
    if (!isThere)
        QTest::qFail("no such answer: " + json::print(answer), __FILE__, __LINE__);
    return answer;
}

ChannelReader::ChannelReader(TestServer &server, const QByteArray &token, const QString &channel,
                             std::optional<qint64> after)
{
    QUrl address = server.url(u"/api/v1/live"_s);
    address.setScheme(u"ws"_s);
    m_reader = std::make_unique<LiveReader>(address);
    if (!QTest::qWaitFor([&] { return m_reader->isOpen(); }, ChatStage::patience))
        return;
    m_reader->say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(token)}});
    QJsonObject subscribe{{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"channel/"_s + channel}}};
    if (after)
        subscribe.insert(u"after"_s, *after);
    m_reader->say(subscribe);
    (void)QTest::qWaitFor([&] { return isSubscribed() || !m_reader->of(u"error"_s).isEmpty(); }, ChatStage::patience);
}

QList<QJsonObject> ChannelReader::piecesOf(const QString &message) const
{
    QList<QJsonObject> pieces;
    for (const QJsonObject &piece : m_reader->of(u"answer"_s))
        if (piece[u"messageId"_s] == message)
            pieces.append(piece);
    return pieces;
}

QString ChannelReader::textOf(const QString &message) const
{
    QString text;
    for (const QJsonObject &piece : piecesOf(message)) {
        if (piece[u"offset"_s].toInteger() == 0)
            text.clear();
        if (piece[u"offset"_s].toInteger() != text.size())
            return u"<a piece is lost or came twice>"_s;
        text += piece[u"text"_s].toString();
    }
    return text;
}

QList<QJsonObject> ChannelReader::eventsOf(const QString &message) const
{
    QList<QJsonObject> events;
    for (const QJsonObject &event : m_reader->of(u"event"_s))
        if (event[u"data"_s][u"id"_s] == message)
            events.append(event);
    return events;
}

qint64 ChannelReader::lastSequence() const
{
    qint64 last = 0;
    for (const QJsonObject &heard : m_reader->heard)
        last = std::max(last, heard[u"sequence"_s].toInteger());
    return last;
}
