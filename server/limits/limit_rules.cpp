// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_rules.h"

#include <QStringBuilder>

#include <cstring>

using namespace Qt::StringLiterals;

namespace limits {
namespace {

constexpr auto ofAllModels = "/*"_L1;

QString quantity(qint64 amount, LimitKind kind)
{
    struct Words
    {
        const char *one, *many;
    };
    static constexpr Words words[] = {{"request a minute", "requests a minute"},
                                      {"token a minute", "tokens a minute"},
                                      {"request at a time", "requests at a time"}};
    const Words &of = words[std::size_t(kind)];
    return QString::number(amount) + u' ' + QString::fromLatin1(amount == 1 ? of.one : of.many);
}

QString eachOf(LimitSubject subject)
{
    static constexpr const char *words[] = {"The tenant", "Each key", "Each person", "Each model"};
    return QString::fromLatin1(words[std::size_t(subject)]);
}

} // namespace

std::size_t qHash(const CounterKey &key, std::size_t seed)
{
    // Ids are random enough in their last half; the hash of Qt would look at every byte with more care than is needed.
    const auto mix = [](const QUuid &id) {
        std::uint64_t half = 0;
        std::memcpy(&half, id.data4, sizeof half);
        return half;
    };
    std::size_t hash = seed ^ mix(key.limit) ^ (mix(key.subject) * 0x9e3779b97f4a7c15u);
    return key.model.isEmpty() ? hash : hash ^ ::qHash(key.model, seed);
}

QString nameOf(const GatewayLimit &limit)
{
    const QString who = limit.subjectName.isEmpty() ? eachOf(limit.subject) : limit.subjectName;
    return who + u": "_s + quantity(limit.amount, limit.kind);
}

QString nameOf(const Match &match, const Call &call)
{
    const QString who = match.subject == LimitSubject::Key ? call.keyName
        : match.subject == LimitSubject::User              ? call.userName
        : match.subject == LimitSubject::Model             ? call.model
                                                           : eachOf(LimitSubject::Tenant);
    return who + u": "_s + quantity(match.amount, match.counter.kind);
}

LimitRules::LimitRules(const QList<GatewayLimit> &limits)
{
    for (const GatewayLimit &limit : limits) {
        const auto rules = [&]() -> Rules & {
            switch (limit.subject) {
            case LimitSubject::Key:
                return limit.subjectId ? m_keys[*limit.subjectId] : m_eachKey;
            case LimitSubject::User:
                return limit.subjectId ? m_users[*limit.subjectId] : m_eachUser;
            case LimitSubject::Model:
                return limit.model ? m_models[*limit.model] : m_eachModel;
            case LimitSubject::Tenant:
                break;
            }
            return m_tenant;
        };
        rules().push_back({limit.id, limit.kind, limit.amount});
        m_namesProviders |= limit.model && limit.model->endsWith(ofAllModels);
    }
}

Matches LimitRules::matching(const Call &call) const
{
    Matches matches;
    const auto add = [&](const Rules &rules, LimitSubject subject, const QUuid &id, const QString &model) {
        for (const Rule &rule : rules)
            matches.append({{rule.id, rule.kind, id, model}, subject, rule.amount});
    };
    const auto addOne = [&](const auto &known, const auto &name, LimitSubject subject) {
        if (known.isEmpty())
            return;
        if (const auto found = known.constFind(name); found != known.constEnd())
            add(*found, subject, {}, {});
    };
    add(m_tenant, LimitSubject::Tenant, {}, {});
    add(m_eachKey, LimitSubject::Key, call.keyId, {});
    addOne(m_keys, call.keyId, LimitSubject::Key);
    add(m_eachUser, LimitSubject::User, call.userId, {});
    addOne(m_users, call.userId, LimitSubject::User);
    add(m_eachModel, LimitSubject::Model, {}, call.model);
    addOne(m_models, call.model, LimitSubject::Model);
    if (m_namesProviders)
        addOne(m_models, QString(QStringView(call.model).left(call.model.indexOf(u'/')) % ofAllModels),
               LimitSubject::Model);
    return matches;
}

std::optional<CounterKey> LimitRules::counterOf(const GatewayLimit &limit)
{
    if (limit.subject != LimitSubject::Tenant && !limit.subjectId && !limit.model)
        return std::nullopt;
    return CounterKey{limit.id, limit.kind, {}, {}};
}

} // namespace limits
