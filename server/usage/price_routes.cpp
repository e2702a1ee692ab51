// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/router.h"
#include "server/usage/prices.h"
#include "server/usage/rerate_answer.h"
#include "shared/usage/price_endpoints.h"

using namespace std::chrono_literals;

namespace {

constexpr qint64 longestImport = 8 * 1024 * 1024; // bytes
constexpr auto longestReading = 30min;

} // namespace

void Prices::addRoutes(http::Router &router)
{
    using namespace endpoints;
    using http::Call;
    const auto longWork = [this](std::function<void()> job) { return m_longWork.post(std::move(job)); };
    const auto isAlive = [](const std::shared_ptr<http::Exchange> &exchange) {
        exchange->post([](http::Exchange &asked) { asked.setAnswerTime(longestReading); });
        return [exchange] { return exchange->alive(); };
    };

    router.on(prices::list, [this](const Call &, const PriceFilter &filter) { return service.list(filter); });
    router.on(prices::create,
              [this](const Call &call, const NewPrice &input) { return service.create(call.caller, input); });
    router.on(prices::get, [this](const Call &call) { return service.get(call.id()); });
    router.on(prices::update, [this](const Call &call, const PriceChange &change) {
        return service.update(call.caller, call.id(), change);
    });
    router.on(prices::remove, [this](const Call &call) { service.remove(call.caller, call.id()); });
    router.on(
        prices::importRows,
        [this](const Call &call, const PriceImportInput &input) { return service.importRows(call.caller, input); },
        {.bodyLimit = longestImport});
    router.onExchange(prices::unpriced,
                      [this, &router, isAlive](const std::shared_ptr<http::Exchange> &exchange, const Call &call) {
                          router.respond(exchange, call, rerating.unpriced(call.caller, isAlive(exchange)), 200);
                      },
                      {.work = longWork});
    router.onExchange(
        prices::rerate,
        [this, &router, isAlive](const std::shared_ptr<http::Exchange> &exchange, const Call &call,
                                 const RerateInput &input) {
            const auto isWanted = isAlive(exchange);
            if (input.format == RerateFormat::Csv)
                return std::make_shared<RerateAnswer>(rerating, m_work, exchange, call)->start(router, input);
            router.respond(exchange, call, rerating.rerate(call.caller, input, isWanted), 200);
        },
        {.streams = {"text/csv"}, .work = longWork});

    router.on(prices::listAliases,
              [this](const Call &, const PriceAliasFilter &filter) { return service.listAliases(filter); });
    router.on(prices::createAlias,
              [this](const Call &call, const NewPriceAlias &input) { return service.createAlias(call.caller, input); });
    router.on(prices::removeAlias, [this](const Call &call) { service.removeAlias(call.caller, call.id()); });
}
