// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/usage/usage_cuts.h"

#include <QDateTime>
#include <QList>

// A span of time made of whole periods whose sums are kept: as few and as large ones as there are.
namespace UsagePieces {

// From the beginning of the first to the end of the last; without a period they are parts of an hour.
struct Piece
{
    std::optional<UsageCuts::Period> period;
    QDateTime from;
    QDateTime to;
};

QDateTime begin(UsageCuts::Period period, const QDateTime &at); // of the one that holds it, in UTC
QDateTime next(UsageCuts::Period period, const QDateTime &begin);
QDateTime roundedUp(UsageCuts::Period period, const QDateTime &at); // itself, where one begins

// [from, to) in periods of at most that size, of which there are sums that tell `needed` apart; not in order.
QList<Piece> of(const QDateTime &from, const QDateTime &to, UsageCuts::Period largest, UsageCuts::Cut needed);

} // namespace UsagePieces
