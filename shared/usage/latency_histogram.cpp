// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/usage/latency_histogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>

int LatencyHistogram::bucketOf(qint64 milliseconds)
{
    return int(std::upper_bound(bounds.begin(), bounds.end(), milliseconds) - bounds.begin());
}

void LatencyHistogram::add(int bucket, qint64 calls)
{
    if ((m_buckets[bucket] += calls) == 0)
        m_buckets.erase(bucket);
}

qint64 LatencyHistogram::calls() const
{
    return std::accumulate(m_buckets.begin(), m_buckets.end(), qint64(0),
                           [](qint64 sum, const auto &bucket) { return sum + bucket.second; });
}

std::optional<qint64> LatencyHistogram::percentile(double share) const
{
    const qint64 rank = std::max<qint64>(1, qint64(std::ceil(share * double(calls()))));
    qint64 passed = 0;
    for (const auto &[bucket, calls] : m_buckets) {
        passed += calls;
        if (passed < rank)
            continue;
        if (bucket == 0)
            return 0;
        const qint64 least = bounds[std::size_t(bucket) - 1];
        if (std::size_t(bucket) == bounds.size())
            return least;
        return qint64(std::llround(std::sqrt(double(least) * double(bounds[std::size_t(bucket)] - 1))));
    }
    return std::nullopt;
}
