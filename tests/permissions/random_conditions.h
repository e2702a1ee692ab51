// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <cstdint>

// The same numbers from the same seed, everywhere (SplitMix64).
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed) { }

    std::uint64_t next()
    {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    int below(int bound) { return int(next() % std::uint64_t(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    template<class List> const auto &pick(const List &list)
    {
        return list[typename List::size_type(below(int(list.size())))];
    }

private:
    std::uint64_t m_state;
};

// Conditions of every operator, on values from so small a world that they often hold.
class RandomConditions
{
public:
    RandomConditions(std::uint64_t seed, const QList<QString> &attributes) : random(seed), m_attributes(attributes) { }

    QString text();
    double number();
    QJsonValue scalar();
    QJsonValue value(int depth); // any JSON
    QJsonObject members(int depth);
    QJsonObject record();

    QJsonObject condition(int depth);
    QJsonObject operators(int depth); // {"$gt": 1, "$lt": 5}
    QString path();
    QString pattern();

    Random random;

private:
    void addOperator(QJsonObject &into, int depth);
    QJsonValue comparable();
    QJsonArray list();

    QList<QString> m_attributes;
};
