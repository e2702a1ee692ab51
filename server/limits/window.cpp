// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/window.h"

namespace limits {

qint64 Window::used(Time now)
{
    const qint64 number = numberAt(now);
    for (; m_first != m_next && at(m_first).number + kept <= number; ++m_first)
        m_used -= at(m_first).amount;
    return m_used;
}

quint64 Window::add(Time now, qint64 amount)
{
    m_used += amount;
    const qint64 number = numberAt(now);
    if (m_first != m_next && at(m_next - 1).number >= number) {
        at(m_next - 1).amount += amount;
        return m_next - 1;
    }
    if (m_next - m_first == m_ring.size())
        grow();
    at(m_next) = {number, amount};
    return m_next++;
}

void Window::change(quint64 place, qint64 difference)
{
    if (place < m_first || place >= m_next)
        return;
    at(place).amount += difference;
    m_used += difference;
}

Window::Time Window::untilEmpty(Time now) const { return m_first == m_next ? Time(0) : untilOver(now, at(m_next - 1)); }

Window::Time Window::untilFree(Time now, qint64 amount) const
{
    qint64 freed = 0;
    for (quint64 place = m_first; place != m_next; ++place)
        if ((freed += at(place).amount) >= amount)
            return untilOver(now, at(place));
    return untilEmpty(now);
}

void Window::grow()
{
    std::vector<Bucket> larger(m_ring.empty() ? 2 : m_ring.size() * 2);
    for (quint64 place = m_first; place != m_next; ++place)
        larger[place & (larger.size() - 1)] = at(place);
    m_ring.swap(larger);
}

} // namespace limits
