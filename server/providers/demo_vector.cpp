// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/demo_vector.h"

#include <QStringList>

#include <cmath>

namespace providers {
namespace {

// FNV-1a. Not qHash, which may differ from one version of Qt to the next.
quint64 hashOf(const QByteArray &bytes)
{
    quint64 hash = 0xCBF29CE484222325U;
    for (const char byte : bytes) {
        hash ^= uchar(byte);
        hash *= 0x100000001B3U;
    }
    return hash;
}

// The next of a series of well mixed numbers (splitmix64).
quint64 next(quint64 &state)
{
    state += 0x9E3779B97F4A7C15U;
    quint64 mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

} // namespace

// Each word adds 1 or -1 to every number, as its hash says.
QList<float> demoVector(const QString &text, int dimensions)
{
    QList<float> vector(dimensions, 0.0F);
    for (const QString &word : text.toLower().simplified().split(u' ')) {
        quint64 state = hashOf(word.toUtf8());
        for (float &number : vector)
            number += (next(state) & 1U) != 0 ? 1.0F : -1.0F;
    }
    double square = 0;
    for (const float number : std::as_const(vector))
        square += double(number) * double(number);
    if (square == 0) { // the words cancel each other out
        vector[0] = 1;
        return vector;
    }
    const double length = std::sqrt(square);
    for (float &number : vector)
        number = float(double(number) / length);
    return vector;
}

} // namespace providers
