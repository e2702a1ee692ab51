// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <vector>

namespace limits {

// What was used in the last minute, in buckets of a tenth of a second. A bucket counts until all of it is older than a
// minute, so no 60 seconds, wherever they begin, hold more than was counted; what fits again fits a tenth of a second
// late at most. Holds 601 buckets at most, and only those in which something was used. Each of them comes and goes
// once: a step costs the same however much is counted. Not thread-safe.
class Window
{
public:
    using Time = std::chrono::milliseconds; // since some beginning; a clock that goes back stands still here
    static constexpr Time span{60'000};
    static constexpr Time width{100};

    qint64 used(Time now); // forgets what is over
    // Where it was counted, for change(). After used() of the same time.
    quint64 add(Time now, qint64 amount);
    // Adds to what was counted there; nothing where that is over.
    void change(quint64 place, qint64 difference);

    bool isEmpty(Time now) { return used(now), m_next == m_first; }
    Time untilEmpty(Time now) const; // after used() of the same time, as the next
    Time untilFree(Time now, qint64 amount) const; // until that much less is used

private:
    struct Bucket
    {
        qint64 number;
        qint64 amount;
    };
    static constexpr qint64 kept = span / width + 1; // buckets that some 60 seconds can touch

    static qint64 numberAt(Time now) { return now / width; }
    Bucket &at(quint64 place) { return m_ring[place & (m_ring.size() - 1)]; }
    const Bucket &at(quint64 place) const { return m_ring[place & (m_ring.size() - 1)]; }
    Time untilOver(Time now, const Bucket &bucket) const { return (bucket.number + kept) * width - now; }
    void grow();

    std::vector<Bucket> m_ring; // its size is a power of two
    quint64 m_first = 0; // place of the oldest bucket
    quint64 m_next = 0; // after the latest
    qint64 m_used = 0;
};

} // namespace limits
