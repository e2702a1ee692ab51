// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_budget.h"

#include "server/providers/input_estimate.h"
#include "shared/json/json.h"
#include "shared/usage/cost_bound.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcJobBudget, "server.jobs.budget")

namespace JobBudget {
namespace {

std::optional<qint64> mostNanosOf(PriceCatalogue &prices, const RunStore::Begun &begun)
{
    providers::ModelRequest request;
    for (const PromptMessage &message : begun.messages)
        request.messages.append({QString(json::name(message.role)), message.content});
    request.maxTokens = begun.parameters.maxTokens;
    request.responseFormat = begun.parameters.responseFormat.value_or(QJsonObject());
    const auto book = prices.current();
    const ModelPrice *const price = book->find(begun.job.model.section(u'/', 0, 0), begun.job.model.section(u'/', 1),
                                               QDateTime::currentDateTimeUtc());
    return price ? mostNanos(*price, providers::boundInput(request), providers::boundOutput(request)) : std::nullopt;
}

} // namespace

std::optional<JobError> reserve(budgets::Reservations &reservations, PriceCatalogue &prices,
                                const Assignment &assignment)
try {
    if (reservations.isFree(assignment.tenantId))
        return std::nullopt;
    const RunStore::Begun &begun = assignment.begun;
    const budgets::Spender spender{
        .tenantId = assignment.tenantId, .userId = begun.job.userId, .keyId = {}, .templateId = begun.job.templateId};
    const auto outcome =
        reservations.reserve(begun.attemptId, spender, mostNanosOf(prices, begun), QDateTime::currentDateTimeUtc());
    if (!outcome.refusal)
        return std::nullopt;
    return JobError{u"budget_exceeded"_s, outcome.refusal->detail};
} catch (const std::exception &error) {
    qCWarning(lcJobBudget).noquote() << "what a job may cost could not be reserved:" << error.what();
    return JobError{u"budget_unavailable"_s, u"The budgets could not be asked, so the call was not made."_s};
} catch (const ApiError &error) {
    qCWarning(lcJobBudget).noquote() << "what a job may cost could not be reserved:" << error.detail;
    return JobError{u"budget_unavailable"_s, u"The budgets could not be asked, so the call was not made."_s};
}

} // namespace JobBudget
