// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace http {
struct Route;
}

// Figures for Prometheus. Cardinality is bounded: labels come from the route table and from fixed lists, never from
// requests.
class Metrics
{
public:
    Metrics();
    ~Metrics();

    // A request answered; route is null where none matched. Any thread.
    void requestObserved(const http::Route *route, int status, double seconds);

    // A figure that is asked for when Prometheus asks, such as open connections. Register before serving.
    void addGauge(const std::string &name, const std::string &help, std::function<double()> value);
    // The same for one that only grows.
    void addCounter(const std::string &name, const std::string &help, std::function<double()> value);

    // Gauges of one name that are told apart by labels: `values` gives them in the order of `labels`.
    using Labels = std::map<std::string, std::string>;
    void addGauges(const std::string &name, const std::string &help, const std::vector<Labels> &labels,
                   std::function<std::vector<double>()> values);

    QByteArray text(); // Prometheus text format 0.0.4

private:
    struct Private;
    std::unique_ptr<Private> d;
};
