// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/color_math.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double encoded(double channel)
{
    return channel <= 0.0031308 ? channel * 12.92 : 1.055 * std::pow(channel, 1 / 2.4) - 0.055;
}

// Linear sRGB, possibly outside 0 to 1.
std::array<double, 3> toLinear(const Oklab &color)
{
    const double l = std::pow(color.lightness + 0.3963377774 * color.a + 0.2158037573 * color.b, 3);
    const double m = std::pow(color.lightness - 0.1055613458 * color.a - 0.0638541728 * color.b, 3);
    const double s = std::pow(color.lightness - 0.0894841775 * color.a - 1.2914855480 * color.b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool fits(const std::array<double, 3> &rgb)
{
    constexpr double slack = 0.0005;
    return std::all_of(rgb.begin(), rgb.end(), [](double c) { return c >= -slack && c <= 1 + slack; });
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double Oklab::chroma() const { return std::hypot(a, b); }

Oklab toOklab(const QColor &color)
{
    const double r = linear(color.redF()), g = linear(color.greenF()), b = linear(color.blueF());
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QColor fromOklab(Oklab color)
{
    color.lightness = std::clamp(color.lightness, 0.0, 1.0);
    double kept = 1;
    const auto scaled = [&] { return toLinear({color.lightness, color.a * kept, color.b * kept}); };
    while (kept > 0 && !fits(scaled()))
        kept -= 0.02;
    kept = std::max(kept, 0.0);
    const auto rgb = scaled();
    const auto channel = [](double c) { return float(encoded(std::clamp(c, 0.0, 1.0))); };
    // Through 8 bits, so that what is checked is what is shown.
    return QColor(QColor::fromRgbF(channel(rgb[0]), channel(rgb[1]), channel(rgb[2])).rgb());
}

double contrast(const QColor &first, const QColor &second)
{
    const auto [darker, lighter] = std::minmax({luminance(first), luminance(second)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor mix(const QColor &base, const QColor &over, double amount)
{
    const auto channel = [&](int from, int to) { return int(std::lround(from + (to - from) * amount)); };
    return QColor(channel(base.red(), over.red()), channel(base.green(), over.green()),
                  channel(base.blue(), over.blue()));
}
