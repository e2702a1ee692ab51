// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

// The messages of the WebSocket /api/v1/live, one JSON object each.
//
//   client: {"type":"authenticate","token":"…"}              first, within ten seconds; again when the token was
//   renewed server: {"type":"ready","sequence":41} client: {"type":"subscribe","topics":["jobs","job/<id>"],"after":40}
//   server: {"type":"subscribed","topics":[…],"sequence":41}  then every event after 40 on these topics, then live ones
//   server: {"type":"reload","sequence":41}                   when what was missed is no longer kept: load lists anew
//   server: {"type":"event","sequence":42,"topic":"jobs","name":"job.completed","time":"…","data":{…}}
//   server: {"type":"output","jobId":"…","attempt":1,"offset":0,"text":"Hel"}   while a subscribed job streams
//   server: {"type":"answer","channelId":"…","messageId":"…","jobId":"…","attempt":1,"offset":0,"text":"Hel"}   while
//   an assistant writes in a subscribed channel/<id>; may come before the event of its message server:
//   {"type":"permissions","sequence":43,"topics":[…]} when what the person may do has changed: the topics are those
//   that are followed no longer, and what is shown should be asked anew client:
//   {"type":"presence","topic":"template/<id>","activity":"typing"}   of a topic that it follows server:
//   {"type":"presence","topic":"template/<id>","people":[{"userId":"…","name":"…","activity":"typing"}]} client:
//   {"type":"unsubscribe","topics":[…]}    client: {"type":"ping"}    server: {"type":"pong","sequence":42} server:
//   {"type":"error","code":"…","detail":"…"}
//
// A topic is "jobs" (every job that the person may read), "job/<id>" (one job, with its output), "credentials" or
// "credential/<id>" (the tenant's provider keys, masked), "audit" (that the audit log has grown), "budgets" or
// "budget/<id>" (those that reach a threshold), "templates" or "template/<id>" (template.created, .updated,
// .versionSaved, .labelMoved, .removed and .restored, each with the PromptTemplate as it is then; of one template also
// who has it open), "batches" or "batch/<id>" (how far they are, not more often than a few times a second),
// "job-actions" or "job-action/<id>", "evaluations" or "evaluation/<id>" (how far runs are), "channels" (all channels
// that the person is in, also those that they come into later, and what befalls public ones) or "channel/<id>" (one
// that they may read). Of channels come message.posted, .edited, .changed, .deleted, .reacted, .pinned and .unpinned
// with the ChatMessage, channel.created, .updated and .removed with the Channel, channel.memberAdded, .memberRemoved
// and .memberChanged with a ChannelMemberNews; to the person alone, with "channels", on the topic "chat-person/<id>":
// channel.joined and .left with the Channel, read.moved and channel.membershipChanged with a MembershipNews,
// draft.changed with a ChannelDraftNews. Presence of "channels" is who is online, of "channel/<id>" who looks at it or
// types. The sequence counts the events of a tenant without gaps, in the order in which they were committed; a client
// keeps the last one it saw and sends it as `after`. Offsets of output count UTF-16 units from the start of the
// attempt's text, so that a piece seen twice is recognised.
namespace live {

inline constexpr auto path = "/api/v1/live";

// Presence: who follows a topic of one record says what they do there, again within a minute while it lasts; it ends
// with the subscription, the socket, or `gone`. Everybody who follows the topic, themselves included, gets the whole
// list whenever it changes and when they begin to follow.
enum class ClientMessageType { Authenticate, Subscribe, Unsubscribe, Ping, Presence };
enum class ServerMessageType { Ready, Subscribed, Reload, Event, Output, Permissions, Pong, Error, Presence, Answer };
enum class Activity { Viewing, Typing, Gone, Away };

struct ClientMessage
{
    ClientMessageType type = ClientMessageType::Ping;
    std::optional<QString> token = {};
    std::optional<QList<QString>> topics = {};
    std::optional<qint64> after = {};
    std::optional<QString> topic = {};
    std::optional<Activity> activity = {};

    static constexpr auto fields()
    {
        using T = ClientMessage;
        return std::tuple{Field{"type", &T::type},
                          Field{"token", &T::token, {.maxLength = 4096, .secret = true}},
                          Field{"topics", &T::topics, {.minLength = 1, .maxLength = 200}},
                          Field{"after", &T::after, {.minimum = 0}},
                          Field{"topic", &T::topic, {.maxLength = 60}},
                          Field{"activity", &T::activity}};
    }
};

struct Event
{
    qint64 sequence = 0;
    QString topic;
    QString name; // "job.completed"
    QDateTime time;
    QJsonObject data; // the thing as it is after the event

    static constexpr auto fields()
    {
        using T = Event;
        return std::tuple{Field{"sequence", &T::sequence}, Field{"topic", &T::topic}, Field{"name", &T::name},
                          Field{"time", &T::time}, Field{"data", &T::data}};
    }
};

struct Output
{
    QUuid jobId;
    int attempt = 1;
    qint64 offset = 0;
    QString text;

    static constexpr auto fields()
    {
        using T = Output;
        return std::tuple{Field{"jobId", &T::jobId}, Field{"attempt", &T::attempt}, Field{"offset", &T::offset},
                          Field{"text", &T::text}};
    }
};

// A piece of what an assistant writes in a channel. A later attempt begins anew: its first piece replaces the text.
// Regenerated, the message has another job. The event with which the message ends carries all of it.
struct Answer
{
    QUuid channelId;
    QUuid messageId;
    QUuid jobId;
    int attempt = 1;
    qint64 offset = 0;
    QString text;

    static constexpr auto fields()
    {
        using T = Answer;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"messageId", &T::messageId},
                          Field{"jobId", &T::jobId},         Field{"attempt", &T::attempt},
                          Field{"offset", &T::offset},       Field{"text", &T::text}};
    }
};

// Somebody at a record: one entry for each person, with the liveliest of what they do.
struct Person
{
    QUuid userId;
    QString name;
    Activity activity = Activity::Viewing;

    static constexpr auto fields()
    {
        return std::tuple{Field{"userId", &Person::userId}, Field{"name", &Person::name},
                          Field{"activity", &Person::activity}};
    }
};

struct Presence
{
    QString topic;
    QList<Person> people; // by name

    static constexpr auto fields()
    {
        return std::tuple{Field{"topic", &Presence::topic}, Field{"people", &Presence::people}};
    }
};

} // namespace live

template<>
inline constexpr auto enumNames<live::ClientMessageType> = std::to_array({"authenticate", "subscribe", "unsubscribe",
                                                                          "ping", "presence"});
template<>
inline constexpr auto enumNames<live::ServerMessageType> = std::to_array({"ready", "subscribed", "reload", "event",
                                                                          "output", "permissions", "pong", "error",
                                                                          "presence", "answer"});
template<> inline constexpr auto enumNames<live::Activity> = std::to_array({"viewing", "typing", "gone", "away"});

WIRE_TYPE(live::ClientMessage)
WIRE_TYPE(live::Event)
WIRE_TYPE(live::Output)
WIRE_TYPE(live::Answer)
WIRE_TYPE(live::Person)
WIRE_TYPE(live::Presence)
