// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

// A tenant's brand colour made usable. Any seed gives readable text: labels on fills and accent-coloured text reach
// 4.5:1, indicator lines 3:1, on every ground where they are used.
struct Accent
{
    QColor fill; // primary buttons
    QColor onFill; // text on it
    QColor hover;
    QColor pressed;
    QColor line; // indicators, progress, first series
    QColor soft; // selected rows, chips
    QColor softHover;
    QColor text; // links and selected labels; also the focus ring
    QColor edge; // border of the fill; the fill itself when it needs none
    QList<QColor> series; // chart colours, the accent first and no two alike

    bool operator==(const Accent &) const = default;
};

Accent accentFrom(const QColor &seed, bool dark, const Tokens &tokens);
