// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QPainter>
#include <QPixmapCache>

#include <vector>

namespace {

struct Spec
{
    Length blur;
    Length shift;
    const char *light; // names of the opacity; none in dark means no shadow
    const char *dark;
};

constexpr std::array specs{
    Spec{Length::SheetBlur, Length::SheetShift, "shadowSheet", nullptr},
    Spec{Length::CardBlur, Length::CardShift, "shadowCardLight", "shadowCardDark"},
    Spec{Length::PopupBlur, Length::PopupShift, "shadowPopupLight", "shadowPopupDark"},
    Spec{Length::ToastBlur, Length::ToastShift, "shadowToastLight", "shadowToastDark"},
    Spec{Length::PaletteBlur, Length::PaletteShift, "shadowPaletteLight", "shadowPaletteDark"},
};

// One pass of a box blur along lines of `count` bytes that lie `stride` apart.
void blurLine(uchar *line, int count, int stride, int radius, std::vector<uchar> &copy)
{
    for (int i = 0; i < count; ++i)
        copy[i] = line[i * stride];
    const int window = 2 * radius + 1;
    int sum = 0;
    for (int i = 0; i < std::min(radius, count); ++i)
        sum += copy[i];
    for (int i = 0; i < count; ++i) {
        if (i + radius < count)
            sum += copy[i + radius];
        if (i - radius - 1 >= 0)
            sum -= copy[i - radius - 1];
        line[i * stride] = uchar(sum / window);
    }
}

// A blurred rounded rectangle just large enough to be cut into nine patches.
QPixmap patches(int radius, int blur, const QColor &color, qreal ratio)
{
    const QString key =
        QStringLiteral("shadow/%1/%2/%3/%4").arg(radius).arg(blur).arg(color.name(QColor::HexArgb)).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = qRound((2 * (blur * 2 + radius) + 1) * ratio);
    QImage mask(side, side, QImage::Format_Alpha8);
    mask.fill(0);
    {
        QPainter painter(&mask);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::black);
        const qreal inset = blur * ratio;
        painter.drawRoundedRect(QRectF(inset, inset, side - 2 * inset, side - 2 * inset), radius * ratio,
                                radius * ratio);
    }
    const int step = std::max(1, qRound(blur * ratio / 3));
    std::vector<uchar> copy(std::size_t(side), 0);
    for (int pass = 0; pass < 3; ++pass) {
        for (int y = 0; y < side; ++y)
            blurLine(mask.scanLine(y), side, 1, step, copy);
        for (int x = 0; x < side; ++x)
            blurLine(mask.bits() + x, side, int(mask.bytesPerLine()), step, copy);
    }
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(color);
    QPainter painter(&image);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.drawImage(0, 0, mask);
    painter.end();
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

void paint::shadow(QPainter &painter, const QRect &rect, int radius, Depth depth)
{
    const Spec &spec = specs[std::size_t(depth)];
    const char *name = theme().isDark() ? spec.dark : spec.light;
    if (!name)
        return;
    QColor color = theme().color(ColorRole::Shadow);
    color.setAlphaF(float(theme().opacity(QLatin1String(name))));
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int blur = theme().px(spec.blur);
    const QPixmap source = patches(radius, blur, color, ratio);

    const int corner = blur * 2 + radius; // in logical pixels, on each side of the one stretched pixel
    const QRect target = rect.adjusted(-blur, -blur, blur, blur).translated(0, theme().px(spec.shift));
    const int edge = std::min({corner, target.width() / 2, target.height() / 2});
    const int xs[] = {target.left(), target.left() + edge, target.right() + 1 - edge, target.right() + 1};
    const int ys[] = {target.top(), target.top() + edge, target.bottom() + 1 - edge, target.bottom() + 1};
    const qreal cut = edge * ratio, size = source.width();
    const qreal from[] = {0, cut, size - cut, size};
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
            painter.drawPixmap(
                QRectF(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row]), source,
                QRectF(from[column], from[row], from[column + 1] - from[column], from[row + 1] - from[row]));
    }
    painter.restore();
}
