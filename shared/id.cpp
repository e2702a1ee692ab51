// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace {

// Seeded by the system, once for each thread: to ask the system for each number costs more than all else here.
QRandomGenerator &randomNumbers()
{
    static thread_local QRandomGenerator generator = QRandomGenerator::securelySeeded();
    return generator;
}

} // namespace

QUuid newId()
{
    // The 12 bits after the time count up within a millisecond (RFC 9562, section 6.2, method 1).
    static thread_local quint64 lastTime = 0;
    static thread_local quint32 counter = 0;
    quint64 time = quint64(QDateTime::currentMSecsSinceEpoch());
    if (time <= lastTime) {
        time = lastTime;
        if (++counter > 0xfff) {
            ++time;
            counter = 0;
        }
    } else {
        counter = randomNumbers().bounded(0x400u);
    }
    lastTime = time;
    const quint64 random = randomNumbers().generate64();
    return QUuid(uint(time >> 16), ushort(time), ushort(0x7000 | counter), uchar(0x80 | (random >> 58 & 0x3f)),
                 uchar(random >> 48), uchar(random >> 40), uchar(random >> 32), uchar(random >> 24),
                 uchar(random >> 16), uchar(random >> 8), uchar(random));
}
