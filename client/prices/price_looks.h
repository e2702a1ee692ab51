// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/usage/price_import.h"

// How prices are named and shown, in the person's language.

enum class PriceState { Planned, InForce, Former };

PriceState stateOf(const PriceRow &row, const QDateTime &now);
StatusLook lookOf(PriceState state);
StatusLook verifiedLook(bool verified);
StatusLook lookOf(PriceImportStatus status);

QString nameOf(const PriceRow &row); // provider/model
// Of micro-dollars for a million tokens: "$2.50"; nothing known: "—".
QString shownPrice(const std::optional<qint64> &micros);
QString shownPrices(const TokenPrices &prices); // "$2.50 in · $10.00 out"
QString shownMoment(const QDateTime &moment); // in UTC, as price lists are; a whole day without its time

// What is typed: dollars for a million tokens, with a point or the language's own sign. Nothing where it is no such
// number or has more than six places.
std::optional<qint64> microDollarsOf(const QString &text);
QString typedPrice(const std::optional<qint64> &micros); // "2.5", as it is typed
// "2026-12-01 08:30" or "2026-12-01", in UTC.
std::optional<QDateTime> momentOf(const QString &text);
QString typedMoment(const QDateTime &moment);
