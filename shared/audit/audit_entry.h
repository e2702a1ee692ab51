// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUuid>

enum class AuditOutcome { Done, Refused };
template<> inline constexpr auto enumNames<AuditOutcome> = std::to_array({"done", "refused"});

enum class AuditFormat { Csv, JsonLines };
template<> inline constexpr auto enumNames<AuditFormat> = std::to_array({"csv", "jsonl"});

// One change, or one refused attempt, as a list shows it.
struct AuditEntry
{
    QUuid id;
    qint64 sequence = 0; // in the tenant's log, without gaps
    QDateTime at;
    std::optional<QUuid> actorId; // absent: nobody was signed in
    QString actorName;
    std::optional<QUuid> sessionId;
    QString address;
    QString requestId;
    QString action; // "templates.update": the ability, or sessions.create for signing in
    QString subjectType; // "templates"
    QString subjectId;
    QString subjectLabel; // its name at that time
    AuditOutcome outcome = AuditOutcome::Done;
    int times = 1;
    QString reason;

    static constexpr auto fields()
    {
        using T = AuditEntry;
        return std::tuple{
            Field{"id", &T::id},
            Field{"sequence", &T::sequence, {.doc = "Place in the tenant's log, without gaps"}},
            Field{"at", &T::at},
            Field{"actorId", &T::actorId, {.doc = "Who; absent when nobody was signed in"}},
            Field{"actorName", &T::actorName},
            Field{"sessionId", &T::sessionId},
            Field{"address", &T::address},
            Field{"requestId", &T::requestId, {.doc = "The X-Request-Id of the request"}},
            Field{"action", &T::action, {.doc = "The ability that it needs; sessions.create is signing in"}},
            Field{"subjectType", &T::subjectType},
            Field{"subjectId", &T::subjectId},
            Field{"subjectLabel", &T::subjectLabel, {.doc = "The subject's name at that time"}},
            Field{"outcome", &T::outcome},
            Field{"times", &T::times, {.doc = "More than one: as many refusals in the same second"}},
            Field{"reason", &T::reason}};
    }
};

// The entry with what was changed and how it is chained to the one before it.
struct AuditDetail
{
    AuditEntry entry;
    std::optional<QJsonObject> before; // absent: there was nothing
    std::optional<QJsonObject> after; // absent: there is nothing any more, or nothing was done
    QString previousHash;
    QString hash;

    static constexpr auto fields()
    {
        using T = AuditDetail;
        return std::tuple{Field{"entry", &T::entry}, Field{"before", &T::before}, Field{"after", &T::after},
                          Field{"previousHash", &T::previousHash, {.doc = "SHA-256, hexadecimal"}},
                          Field{"hash", &T::hash, {.doc = "SHA-256, hexadecimal"}}};
    }
};

struct AuditFilter
{
    std::optional<QUuid> actorId;
    std::optional<QUuid> sessionId;
    std::optional<QString> subjectType;
    std::optional<QString> subjectId;
    std::optional<QString> action;
    std::optional<AuditOutcome> outcome;
    std::optional<QDateTime> from;
    std::optional<QDateTime> to;
    std::optional<QString> requestId;
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = AuditFilter;
        return std::tuple{Field{"actorId", &T::actorId},
                          Field{"sessionId", &T::sessionId},
                          Field{"subjectType", &T::subjectType, {.maxLength = 60}},
                          Field{"subjectId", &T::subjectId, {.maxLength = 200}},
                          Field{"action", &T::action, {.doc = "An ability, such as users.update", .maxLength = 60}},
                          Field{"outcome", &T::outcome},
                          Field{"from", &T::from, {.doc = "This moment and later"}},
                          Field{"to", &T::to, {.doc = "Before this moment"}},
                          Field{"requestId", &T::requestId, {.maxLength = 128}},
                          Field{"search", &T::search, {.doc = "Beginnings of words anywhere in it", .maxLength = 200}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
                          Field{"cursor", &T::cursor}};
    }
};

struct AuditExportQuery
{
    AuditFormat format = AuditFormat::Csv;
    std::optional<QUuid> actorId;
    std::optional<QUuid> sessionId;
    std::optional<QString> subjectType;
    std::optional<QString> subjectId;
    std::optional<QString> action;
    std::optional<AuditOutcome> outcome;
    std::optional<QDateTime> from;
    std::optional<QDateTime> to;
    std::optional<QString> requestId;
    std::optional<QString> search;

    AuditFilter filter() const
    {
        return {actorId, sessionId, subjectType, subjectId, action, outcome, from, to, requestId, search, {}, {}};
    }

    static constexpr auto fields()
    {
        using T = AuditExportQuery;
        return std::tuple{Field{"format", &T::format, {.hasDefault = true}},
                          Field{"actorId", &T::actorId},
                          Field{"sessionId", &T::sessionId},
                          Field{"subjectType", &T::subjectType, {.maxLength = 60}},
                          Field{"subjectId", &T::subjectId, {.maxLength = 200}},
                          Field{"action", &T::action, {.maxLength = 60}},
                          Field{"outcome", &T::outcome},
                          Field{"from", &T::from},
                          Field{"to", &T::to},
                          Field{"requestId", &T::requestId, {.maxLength = 128}},
                          Field{"search", &T::search, {.maxLength = 200}}};
    }
};

WIRE_TYPE(AuditEntry)
WIRE_TYPE(AuditDetail)
WIRE_TYPE(AuditFilter)
WIRE_TYPE(AuditExportQuery)
