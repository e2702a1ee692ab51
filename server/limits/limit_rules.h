// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/limit.h"

#include <QHash>
#include <QVarLengthArray>

#include <memory>
#include <vector>

namespace limits {

class LimitRules;

// One call of the gateway, as limits look at it.
struct Call
{
    std::shared_ptr<const LimitRules> rules; // of its tenant, from the LimitBook
    QUuid callId; // of its own: by it the call is settled
    QUuid tenantId;
    QUuid keyId;
    QString keyName;
    QUuid userId;
    QString userName;
    QString model; // provider/name
    qint64 tokens = 0; // to be reserved: what it may use at most
};

// What is counted together: the calls of one subject under one limit.
struct CounterKey
{
    QUuid limit;
    LimitKind kind = LimitKind::RequestsPerMinute;
    QUuid subject; // where the limit counts each key or user by itself
    QString model; // where it counts each model by itself

    bool operator==(const CounterKey &) const = default;
};
std::size_t qHash(const CounterKey &key, std::size_t seed = 0);

// A limit that a call falls under.
struct Match
{
    CounterKey counter;
    LimitSubject subject = LimitSubject::Tenant;
    qint64 amount = 0;

    qint64 needOf(const Call &call) const
    {
        return counter.kind == LimitKind::TokensPerMinute ? std::max<qint64>(0, call.tokens) : 1;
    }
};
using Matches = QVarLengthArray<Match, 8>;

// For people: "Web shop: 60 requests a minute".
QString nameOf(const GatewayLimit &limit);
QString nameOf(const Match &match, const Call &call);

// The limits of a tenant, laid out so that those of a call are found without looking at the others. Any thread.
class LimitRules
{
public:
    LimitRules() = default;
    explicit LimitRules(const QList<GatewayLimit> &limits);

    Matches matching(const Call &call) const;

    // What the limit counts; nothing where it counts each of many.
    static std::optional<CounterKey> counterOf(const GatewayLimit &limit);

private:
    struct Rule
    {
        QUuid id;
        LimitKind kind;
        qint64 amount;
    };
    using Rules = std::vector<Rule>;

    Rules m_tenant, m_eachKey, m_eachUser, m_eachModel;
    QHash<QUuid, Rules> m_keys, m_users;
    QHash<QString, Rules> m_models; // also "provider/*"
    bool m_namesProviders = false;
};

} // namespace limits
