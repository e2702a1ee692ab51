// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_topics.h"

#include "shared/json/json.h"
#include "shared/permissions/policy.h"

using namespace Qt::StringLiterals;

namespace live {
namespace {

constexpr TopicRule rules[] = {{"jobs"_L1, "job/"_L1, Ability::JobsRead},
                               {"batches"_L1, "batch/"_L1, Ability::BatchesRead},
                               {"job-actions"_L1, "job-action/"_L1, Ability::JobsReplay},
                               {"credentials"_L1, "credential/"_L1, Ability::CredentialsRead},
                               {"budgets"_L1, "budget/"_L1, Ability::BudgetsRead},
                               {"audit"_L1, "audit/"_L1, Ability::AuditRead},
                               {"evaluations"_L1, "evaluation/"_L1, Ability::EvaluationsRead},
                               {"templates"_L1, "template/"_L1, Ability::TemplatesRead},
                               {allChannels, "channel/"_L1, Ability::ChannelsRead}};
constexpr TopicRule messageRule{allChannels, "channel/"_L1, Ability::ChatRead};
constexpr QLatin1StringView ownPrefix("chat-person/");

} // namespace

const TopicRule *ruleOf(const QString &topic)
{
    for (const TopicRule &rule : rules)
        if (topic == rule.all || (topic.startsWith(rule.prefix) && !recordOf(topic).isNull()))
            return &rule;
    return nullptr;
}

QUuid recordOf(const QString &topic) { return QUuid::fromString(topic.section(u'/', 1)); }

QString jobTopic(const QUuid &jobId) { return u"job/"_s + jobId.toString(QUuid::WithoutBraces); }

bool differs(const Caller &caller, const TopicRule &rule)
{
    return caller.policy && !caller.policy->allowsAll(rule.needs);
}

bool hasPresence(const QString &topic) { return topic.startsWith("template/"_L1) || isOfChannels(topic); }

bool isOfChannels(const QString &topic) { return topic == allChannels || topic.startsWith("channel/"_L1); }

const TopicRule *ruleOf(const LoggedEvent &event)
{
    if (!event.topic.startsWith("channel/"_L1))
        return ruleOf(event.topic);
    if (event.name.startsWith("message."_L1))
        return &messageRule;
    return event.name.startsWith("channel.member"_L1) ? nullptr : ruleOf(event.topic);
}

bool isForAll(const LoggedEvent &event)
{
    if (!event.topic.startsWith("channel/"_L1))
        return true;
    const bool isOfChannel = event.name.startsWith("channel."_L1) && !event.name.startsWith("channel.member"_L1);
    return isOfChannel && json::object(event.data).value("kind"_L1).toString() == "public"_L1;
}

QString ownTopic(const QUuid &userId) { return ownPrefix + userId.toString(QUuid::WithoutBraces); }

bool changesChannels(const LoggedEvent &event)
{
    return event.topic.startsWith(ownPrefix) && (event.name == "channel.joined"_L1 || event.name == "channel.left"_L1);
}

} // namespace live
