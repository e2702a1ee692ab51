// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_topics.h"

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
                               {"templates"_L1, "template/"_L1, Ability::TemplatesRead}};

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

bool hasPresence(const QString &topic) { return topic.startsWith("template/"_L1); }

} // namespace live
