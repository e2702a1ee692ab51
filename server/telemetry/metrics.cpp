// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/telemetry/metrics.h"

#include "server/http/route.h"

#include <QCoreApplication>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

struct Metrics::Private
{
    struct PerRoute
    {
        prometheus::Histogram *seconds = nullptr;
        prometheus::Counter *byClass[6] = {}; // 1xx … 5xx
    };

    prometheus::Registry registry;
    prometheus::Family<prometheus::Histogram> &seconds = prometheus::BuildHistogram()
                                                             .Name("patio_http_request_duration_seconds")
                                                             .Help("Time from the whole request to its answer")
                                                             .Register(registry);
    prometheus::Family<prometheus::Counter> &requests =
        prometheus::BuildCounter().Name("patio_http_requests_total").Help("Requests answered").Register(registry);
    std::shared_mutex mutex;
    std::unordered_map<const http::Route *, PerRoute> routes;
    std::vector<std::pair<prometheus::Gauge *, std::function<double()>>> gauges;
    std::vector<std::pair<prometheus::Counter *, std::function<double()>>> counters;
    std::vector<std::pair<std::vector<prometheus::Gauge *>, std::function<std::vector<double>()>>> families;
    std::mutex scrape;

    const PerRoute &of(const http::Route *route)
    {
        {
            std::shared_lock lock(mutex);
            if (const auto found = routes.find(route); found != routes.end())
                return found->second;
        }
        std::unique_lock lock(mutex);
        PerRoute &added = routes[route];
        if (added.seconds)
            return added;
        const std::string method = route ? enumNames<Method>[std::size_t(route->method)] : "";
        const std::string path = route ? route->path.toStdString() : "";
        added.seconds = &seconds.Add({{"method", method}, {"route", path}},
                                     prometheus::Histogram::BucketBoundaries{.0005, .001, .0025, .005, .01, .025, .05,
                                                                             .1, .25, .5, 1, 2.5, 5, 10, 30});
        for (int status = 1; status < 6; ++status)
            added.byClass[status] =
                &requests.Add({{"method", method}, {"route", path}, {"status", std::to_string(status) + "xx"}});
        return added;
    }
};

Metrics::Metrics() : d(std::make_unique<Private>())
{
    prometheus::BuildGauge()
        .Name("patio_build_info")
        .Help("Always 1; the version is its label")
        .Register(d->registry)
        .Add({{"version", QCoreApplication::applicationVersion().toStdString()}, {"qt", qVersion()}})
        .Set(1);
}

Metrics::~Metrics() = default;

void Metrics::requestObserved(const http::Route *route, int status, double seconds)
{
    const Private::PerRoute &figures = d->of(route);
    figures.seconds->Observe(seconds);
    figures.byClass[std::clamp(status / 100, 1, 5)]->Increment();
}

void Metrics::addGauge(const std::string &name, const std::string &help, std::function<double()> value)
{
    auto &gauge = prometheus::BuildGauge().Name(name).Help(help).Register(d->registry).Add({});
    d->gauges.emplace_back(&gauge, std::move(value));
}

void Metrics::addCounter(const std::string &name, const std::string &help, std::function<double()> value)
{
    auto &counter = prometheus::BuildCounter().Name(name).Help(help).Register(d->registry).Add({});
    d->counters.emplace_back(&counter, std::move(value));
}

void Metrics::addGauges(const std::string &name, const std::string &help, const std::vector<Labels> &labels,
                        std::function<std::vector<double>()> values)
{
    auto &family = prometheus::BuildGauge().Name(name).Help(help).Register(d->registry);
    std::vector<prometheus::Gauge *> gauges;
    for (const Labels &one : labels)
        gauges.push_back(&family.Add(one));
    d->families.emplace_back(std::move(gauges), std::move(values));
}

QByteArray Metrics::text()
{
    const std::lock_guard lock(d->scrape);
    for (const auto &[gauges, values] : d->families) {
        const std::vector<double> now = values();
        for (std::size_t i = 0; i < std::min(gauges.size(), now.size()); ++i)
            gauges[i]->Set(now[i]);
    }
    for (const auto &[gauge, value] : d->gauges)
        gauge->Set(value());
    for (const auto &[counter, value] : d->counters)
        counter->Increment(std::max(0.0, value() - counter->Value()));
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(d->registry.Collect()));
}
