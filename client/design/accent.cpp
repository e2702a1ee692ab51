// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/accent.h"

#include "client/design/color_math.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr double step = 0.01; // of lightness

struct Grounds
{
    QColor surface;
    QColor sunken;
    QColor canvas;
    QColor caption;
};

// Moves the lightness in `direction` until `good`, or to the end of the scale.
template<class Predicate> QColor moved(const QColor &start, double direction, Predicate good)
{
    Oklab color = toOklab(start);
    QColor result = start;
    while (!good(result) && color.lightness > 0 && color.lightness < 1) {
        color.lightness += direction * step;
        result = fromOklab(color);
    }
    return result;
}

QColor startingFill(const QColor &seed, bool dark, const Tokens &tokens)
{
    const Oklab color = toOklab(seed);
    if (color.chroma() < 0.025) // black, white and grey brands
        return QColor(tokens.accent.value(dark ? u"greyDark" : u"greyLight").toString());
    if (color.lightness > 0.74) // yellow, lime: darkening would turn them brown
        return color.lightness > 0.90 ? fromOklab(color.withLightness(0.90)) : seed;
    const double lightness = dark ? std::clamp(color.lightness, 0.56, 0.68) : std::clamp(color.lightness, 0.46, 0.62);
    return lightness == color.lightness ? seed : fromOklab(color.withLightness(lightness));
}

double distance(const QColor &first, const QColor &second)
{
    const Oklab a = toOklab(first), b = toOklab(second);
    // Lightness counts less: two series of one hue are mistaken for each other even when one is darker.
    return std::hypot(0.35 * (a.lightness - b.lightness), a.a - b.a, a.b - b.b);
}

QList<QColor> seriesFrom(const QColor &line, const QList<QColor> &fixed)
{
    QList<QColor> series{line}, tooClose;
    for (const QColor &candidate : fixed) {
        const bool close =
            std::any_of(series.begin(), series.end(), [&](const QColor &c) { return distance(c, candidate) < 0.085; });
        (close ? tooClose : series) << candidate;
    }
    return series + tooClose;
}

} // namespace

Accent accentFrom(const QColor &seed, bool dark, const Tokens &tokens)
{
    const auto &palette = tokens.colors[dark];
    const auto ground = [&](ColorRole role) { return palette[std::size_t(role)]; };
    const Grounds grounds{ground(ColorRole::Surface), ground(ColorRole::Sunken), ground(ColorRole::Canvas),
                          ground(ColorRole::Text3)};
    const QColor ink(tokens.accent.value(u"ink").toString());
    const QColor paper(tokens.accent.value(u"paper").toString());
    const double away = dark ? 1 : -1; // from the ground

    Accent accent;
    accent.fill = moved(startingFill(seed, dark, tokens), -1,
                        [&](const QColor &fill) { return contrast(fill, paper) >= 4.5 || contrast(fill, ink) >= 4.5; });
    const bool light = contrast(accent.fill, paper) >= 4.5;
    accent.onFill = light ? paper : ink;

    // Hover and press move away from the label, so that they never cost contrast.
    const Oklab fill = toOklab(accent.fill);
    const double sign = light ? -1 : 1;
    accent.hover = fromOklab(fill.withLightness(fill.lightness + sign * 0.035));
    accent.pressed = fromOklab(fill.withLightness(fill.lightness + sign * 0.07));

    accent.line = moved(accent.fill, away, [&](const QColor &line) {
        return contrast(line, grounds.surface) >= 3 && contrast(line, grounds.sunken) >= 3
            && contrast(line, grounds.canvas) >= 3;
    });

    double amount = dark ? 0.20 : 0.10;
    while (amount > step && contrast(mix(grounds.surface, accent.fill, amount), grounds.caption) < 4.5)
        amount -= step;
    accent.soft = mix(grounds.surface, accent.fill, amount);
    accent.softHover = mix(grounds.surface, accent.fill, amount * 1.45);

    accent.text = moved(accent.fill, away, [&](const QColor &text) {
        return contrast(text, grounds.surface) >= 4.6 && contrast(text, grounds.canvas) >= 4.5
            && contrast(text, accent.softHover) >= 4.5;
    });
    accent.edge = contrast(accent.fill, grounds.surface) < 1.6 ? accent.line : accent.fill;
    accent.series = seriesFrom(accent.line, tokens.series[dark]);
    return accent;
}
