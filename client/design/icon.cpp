// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/icon.h"

#include "client/design/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace {

QPixmap rendered(const QString &name, const QColor &color, int size, qreal ratio)
{
    const QString key = QStringLiteral("icon/%1/%2/%3/%4").arg(name, color.name(QColor::HexArgb)).arg(size).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int device = qRound(size * ratio);
    pixmap = QPixmap(device, device);
    pixmap.fill(Qt::transparent);
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (file.open(QIODevice::ReadOnly)) {
        QSvgRenderer svg(file.readAll().replace("currentColor", color.name().toLatin1()));
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        svg.render(&painter);
    } else {
        qWarning("no icon %s", qPrintable(name));
    }
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class IconEngine : public QIconEngine
{
public:
    IconEngine(const QString &name, ColorRole role) : m_name(name), m_role(role) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, rect, m_name, color(mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels already.
        return rendered(m_name, color(mode), qRound(std::min(size.width(), size.height()) / scale), scale);
    }
    QIconEngine *clone() const override { return new IconEngine(*this); }
    QString key() const override { return QStringLiteral("patio"); }
    bool isNull() override { return m_name.isEmpty(); }

private:
    QColor color(QIcon::Mode mode) const
    {
        return theme().color(mode == QIcon::Disabled ? ColorRole::TextDisabled : m_role);
    }

    QString m_name;
    ColorRole m_role;
};

} // namespace

QIcon themedIcon(const QString &name, ColorRole role) { return QIcon(new IconEngine(name, role)); }

void paintIcon(QPainter &painter, const QRect &square, const QString &name, ColorRole role)
{
    paintIcon(painter, square, name, theme().color(role));
}

void paintIcon(QPainter &painter, const QRect &square, const QString &name, const QColor &color)
{
    const int size = std::min(square.width(), square.height());
    const QPoint at(square.x() + (square.width() - size) / 2, square.y() + (square.height() - size) / 2);
    painter.drawPixmap(at, rendered(name, color, size, painter.device()->devicePixelRatioF()));
}
