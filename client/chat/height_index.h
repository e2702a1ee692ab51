// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

// Heights of many rows: where a row begins and which row is at a place, each in as many steps as the count has bits
// (Fenwick tree). A row is estimated until it is measured.
class HeightIndex
{
public:
    void reset(QList<int> heights);
    void prepend(const QList<int> &heights);
    void insert(int row, int height);
    void remove(int row);
    void set(int row, int height);

    int count() const { return int(m_heights.size()); }
    int height(int row) const { return m_heights[row]; }
    qint64 total() const { return m_total; }
    qint64 offsetOf(int row) const; // of its top; of the end for count()
    int rowAt(qint64 offset) const; // the last row for what lies beyond the end; -1 without rows

private:
    void build();

    QList<int> m_heights;
    QList<qint64> m_sums{0}; // from 1
    qint64 m_total = 0;
};
