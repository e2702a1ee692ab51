// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

// A colour in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020): lightness 0 to 1 and two
// opponent axes. Equal steps look about equally large.
struct Oklab
{
    double lightness = 0;
    double a = 0;
    double b = 0;

    double chroma() const;
    Oklab withLightness(double value) const { return {value, a, b}; }
};

Oklab toOklab(const QColor &color);

// The nearest sRGB colour of the same lightness and hue: chroma is reduced until it fits.
QColor fromOklab(Oklab color);

// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor &first, const QColor &second);

// `amount` of `over` on `base`, in sRGB, 0 to 1.
QColor mix(const QColor &base, const QColor &over, double amount);
