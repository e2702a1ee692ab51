// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/height_index.h"

#include <algorithm>
#include <bit>

void HeightIndex::reset(QList<int> heights)
{
    m_heights = std::move(heights);
    build();
}

void HeightIndex::prepend(const QList<int> &heights)
{
    m_heights = heights + m_heights;
    build();
}

void HeightIndex::insert(int row, int height)
{
    if (row < count()) {
        m_heights.insert(row, height);
        return build();
    }
    m_heights << height;
    const int index = count(), below = index & -index;
    m_sums << offsetOf(index - 1) - offsetOf(index - below) + height;
    m_total += height;
}

void HeightIndex::remove(int row)
{
    m_heights.removeAt(row);
    build();
}

void HeightIndex::set(int row, int height)
{
    const int difference = height - m_heights[row];
    if (difference == 0)
        return;
    m_heights[row] = height;
    m_total += difference;
    for (int index = row + 1; index < m_sums.size(); index += index & -index)
        m_sums[index] += difference;
}

qint64 HeightIndex::offsetOf(int row) const
{
    qint64 offset = 0;
    for (int index = row; index > 0; index -= index & -index)
        offset += m_sums[index];
    return offset;
}

int HeightIndex::rowAt(qint64 offset) const
{
    if (m_heights.isEmpty())
        return -1;
    int row = 0;
    for (int step = int(std::bit_floor(unsigned(count()))); step > 0; step /= 2)
        if (row + step <= count() && m_sums[row + step] <= offset) {
            row += step;
            offset -= m_sums[row];
        }
    return std::min(row, count() - 1);
}

void HeightIndex::build()
{
    m_sums = QList<qint64>(m_heights.size() + 1, 0);
    m_total = 0;
    for (int index = 1; index < m_sums.size(); ++index) {
        m_sums[index] += m_heights[index - 1];
        m_total += m_heights[index - 1];
        if (const int above = index + (index & -index); above < m_sums.size())
            m_sums[above] += m_sums[index];
    }
}
