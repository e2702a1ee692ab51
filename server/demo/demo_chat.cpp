// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demo_chat.h"

#include "server/chat/assistants/assistant_service.h"
#include "server/chat/channel_service.h"
#include "server/chat/channel_store.h"
#include "server/chat/message_store.h"
#include "server/templates/template_service.h"
#include "server/tenants/tenant_store.h"
#include "server/users/user_store.h"
#include "shared/id.h"

#include <QFile>

using namespace Qt::StringLiterals;

struct DemoChat::SeedMessage
{
    QString author; // e-mail address
    int minutesAgo = 0;
    QString text;
    std::optional<int> under; // the number of the message that begins its thread
    QHash<QString, QStringList> reactions = {};
    bool isPinned = false;

    static SeedMessage from(const QJsonObject &json)
    {
        SeedMessage message{
            json[u"author"_s].toString(), json[u"minutesAgo"_s].toInt(), json[u"text"_s].toString(), {}};
        if (json.contains(u"under"_s))
            message.under = json[u"under"_s].toInt();
        const QJsonObject given = json[u"reactions"_s].toObject();
        for (auto it = given.begin(); it != given.end(); ++it)
            for (const QJsonValue who : it->toArray())
                message.reactions[it.key()].append(who.toString());
        message.isPinned = json[u"isPinned"_s].toBool();
        return message;
    }
};

struct DemoChat::SeedChannel
{
    ChannelKind kind = ChannelKind::Public;
    QString name;
    QString topic;
    QList<QString> members; // e-mail addresses, the owner first
    QList<QJsonObject> messages;

    static constexpr auto fields()
    {
        using T = SeedChannel;
        return std::tuple{Field{"kind", &T::kind}, Field{"name", &T::name}, Field{"topic", &T::topic},
                          Field{"members", &T::members}, Field{"messages", &T::messages}};
    }
};

// An assistant with the template that it answers with, and the channel that it is in.
struct DemoChat::SeedAssistant
{
    QString author; // e-mail address
    QString channel;
    NewTemplate promptTemplate;
    NewAssistant assistant;

    static constexpr auto fields()
    {
        using T = SeedAssistant;
        return std::tuple{Field{"author", &T::author}, Field{"channel", &T::channel},
                          Field{"template", &T::promptTemplate}, Field{"assistant", &T::assistant}};
    }
};

struct DemoChat::SeedTenant
{
    QString slug;
    QList<SeedChannel> channels;
    QList<SeedAssistant> assistants;

    static constexpr auto fields()
    {
        using T = SeedTenant;
        return std::tuple{Field{"slug", &T::slug}, Field{"channels", &T::channels},
                          Field{"assistants", &T::assistants, {.hasDefault = true}}};
    }
};

struct DemoChat::Seed
{
    QList<SeedTenant> tenants;

    static constexpr auto fields() { return std::tuple{Field{"tenants", &Seed::tenants}}; }
};

void DemoChat::make(const QDateTime &now)
{
    QFile seedFile(u":/seeds/demo_chat.json"_s);
    if (!seedFile.open(QIODevice::ReadOnly))
        throw std::logic_error("the demo's channels are not compiled in");
    const Seed seed = json::parse<Seed>(seedFile.readAll(), json::UnknownMembers::Reject);
    for (const SeedTenant &tenant : seed.tenants) {
        const auto found =
            m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, tenant.slug); });
        if (!found)
            continue;
        QHash<QString, QUuid> made; // by name
        m_database.transaction({found->id}, [&](Transaction &tx) {
            made.clear(); // the transaction may run again
            if (!ChannelStore::hasAny(tx))
                for (const SeedChannel &channel : tenant.channels)
                    if (const auto id = make(tx, channel, now))
                        made.insert(channel.name, *id);
        });
        for (const SeedAssistant &assistant : tenant.assistants)
            if (made.contains(assistant.channel))
                make(found->id, made[assistant.channel], assistant);
    }
}

void DemoChat::make(const QUuid &tenant, const QUuid &channel, const SeedAssistant &seed)
{
    const auto author =
        m_database.transaction({tenant}, [&](Transaction &tx) { return UserStore::findCredentials(tx, seed.author); });
    if (!author)
        return; // somebody has made the demo's people into others
    const Caller caller{.userId = author->id,
                        .tenantId = tenant,
                        .sessionId = {},
                        .abilities = abilitiesOf(author->roles),
                        .displayName = author->displayName,
                        .address = {}};
    try {
        m_templates.create(caller, seed.promptTemplate);
        m_assistants.join(caller, channel, {m_assistants.create(caller, seed.assistant).id});
    } catch (const ApiError &error) {
        if (error.status != 409) // there already, by somebody's own hand
            throw std::logic_error("the demo's assistant was refused: " + error.detail.toStdString());
    }
}

std::optional<QUuid> DemoChat::make(Transaction &tx, const SeedChannel &seed, const QDateTime &now)
{
    QHash<QString, ChannelMember> people;
    QList<ChannelMember> members;
    for (const QString &email : seed.members) {
        const auto found = UserStore::findCredentials(tx, email);
        if (!found)
            return {}; // somebody has made the demo's people into others
        const bool isOwner = members.isEmpty() && !seed.name.isEmpty();
        members.append(
            {.id = found->id, .name = found->displayName, .role = isOwner ? ChannelRole::Owner : ChannelRole::Member});
        people.insert(email, members.last());
    }
    Channel channel;
    channel.id = newId();
    channel.kind = seed.kind;
    channel.name = seed.name;
    channel.topic = seed.topic;
    channel.authorId = members.first().id;
    channel.authorName = members.first().name;
    ChannelStore::insert(tx, channel,
                         seed.name.isEmpty() ? std::optional(ChannelService::peopleKeyOf(members)) : std::nullopt);
    MemberStore::add(tx, channel.id, members, 0);
    QList<ChatMessage> messages;
    for (const QJsonObject &json : seed.messages) {
        const SeedMessage given = SeedMessage::from(json);
        ChatMessage message;
        message.id = newId();
        message.channelId = channel.id;
        message.sequence = messages.size() + 1;
        message.authorId = people.value(given.author).id;
        message.authorName = people.value(given.author).name;
        message.text = given.text;
        if (given.under)
            message.threadId = messages[*given.under - 1].id;
        message.createdAt = message.updatedAt = now.addSecs(-60 * qint64(given.minutesAgo));
        messages.append(message);
    }
    MessageStore::insert(tx, messages);
    channel.lastSequence = messages.size();
    channel.lastMessageAt = messages.last().createdAt;
    ChannelStore::setLast(tx, {channel});
    ChannelStore::countMembers(tx, channel.id);
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const SeedMessage given = SeedMessage::from(seed.messages[i]);
        if (messages[i].threadId)
            MessageStore::addReplies(tx, {{*messages[i].threadId, 1, messages[i].createdAt}});
        for (auto reaction = given.reactions.begin(); reaction != given.reactions.end(); ++reaction)
            for (const QString &who : *reaction)
                MessageStore::react(tx, messages[i].id, reaction.key(), people.value(who).id);
        if (given.isPinned)
            MessageStore::setPinned(tx, messages[i].id, true);
    }
    return channel.id;
}
