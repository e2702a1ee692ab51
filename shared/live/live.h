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
//   server: {"type":"permissions","sequence":43,"topics":[…]} when what the person may do has changed: the topics are
//   those that are followed no longer, and what is shown should be asked anew
//   client: {"type":"unsubscribe","topics":[…]}    client: {"type":"ping"}    server: {"type":"pong","sequence":42}
//   server: {"type":"error","code":"…","detail":"…"}
//
// A topic is "jobs" (every job that the person may read), "job/<id>" (one job, with its output), "credentials" or
// "credential/<id>" (the tenant's provider keys, masked), "audit" (that the audit log has grown), "budgets" or
// "budget/<id>" (those that reach a threshold). The sequence counts the events of a tenant without gaps, in the order
// in which they were committed; a client keeps the last one it saw and sends it as `after`. Offsets of output count
// UTF-16 units from the start of the attempt's text, so that a piece seen twice is recognised.
namespace live {

inline constexpr auto path = "/api/v1/live";

enum class ClientMessageType { Authenticate, Subscribe, Unsubscribe, Ping };
enum class ServerMessageType { Ready, Subscribed, Reload, Event, Output, Permissions, Pong, Error };

struct ClientMessage
{
    ClientMessageType type = ClientMessageType::Ping;
    std::optional<QString> token = {};
    std::optional<QList<QString>> topics = {};
    std::optional<qint64> after = {};

    static constexpr auto fields()
    {
        using T = ClientMessage;
        return std::tuple{Field{"type", &T::type}, Field{"token", &T::token, {.maxLength = 4096, .secret = true}},
                          Field{"topics", &T::topics, {.minLength = 1, .maxLength = 200}},
                          Field{"after", &T::after, {.minimum = 0}}};
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

} // namespace live

template<>
inline constexpr auto enumNames<live::ClientMessageType> = std::to_array({"authenticate", "subscribe", "unsubscribe",
                                                                          "ping"});
template<>
inline constexpr auto enumNames<live::ServerMessageType> = std::to_array({"ready", "subscribed", "reload", "event",
                                                                          "output", "permissions", "pong", "error"});

WIRE_TYPE(live::ClientMessage)
WIRE_TYPE(live::Event)
WIRE_TYPE(live::Output)
