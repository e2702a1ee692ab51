// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/theme_preview.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/tenants/tenant_looks.h"
#include "client/widgets/chips.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

ThemePreview::ThemePreview(QWidget *parent) : QWidget(parent) { setAccessibleName(tr("Preview of the theme")); }

QSize ThemePreview::sizeHint() const { return {px(Length::DialogSmall), px(Length::TopBar) * 2 + px(Length::Space40)}; }

void ThemePreview::setTheme(const QString &tenantName, const QJsonObject &theme)
{
    m_tenantName = tenantName;
    m_productName = theme.value(u"productName"_s).toString(u"Patio"_s);
    m_seed = QColor(theme.value(u"accent"_s).toString());
    m_logo = logoOf(theme);
    setAccessibleDescription(m_seed.isValid()
                                 ? tr("%1, accent %2", "a product name and a colour").arg(m_productName, m_seed.name())
                                 : tr("%1, the usual accent", "a product name").arg(m_productName));
    update();
}

void ThemePreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const int gap = px(Length::Space12), width = (this->width() - gap) / 2;
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    paintWindow(painter, visual({0, 0, width, height()}), false);
    paintWindow(painter, visual({width + gap, 0, width, height()}), true);
}

void ThemePreview::paintWindow(QPainter &painter, const QRect &rect, bool dark) const
{
    const auto color = [&](ColorRole role) { return ::theme().tokens().colors[dark][std::size_t(role)]; };
    const QColor usual = QColor(::theme().tokens().accent.value(u"default"_s).toString());
    const Accent accent = accentFrom(m_seed.isValid()      ? m_seed
                                         : usual.isValid() ? usual
                                                           : ::theme().color(ColorRole::Accent),
                                     dark, ::theme().tokens());
    paint::box(painter, rect, px(Length::RadiusCard), color(ColorRole::Canvas), color(ColorRole::Border));
    // Laid out from the left; mirrored where it is painted.
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect, part); };
    const int edge = px(Length::Space10), tile = px(Length::TenantTile);
    const QRect square(rect.x() + edge, rect.y() + edge, tile, tile);
    if (m_logo.isNull()) {
        paint::box(painter, visual(square), px(Length::RadiusControl), accent.fill, accent.edge);
        painter.setFont(::theme().font(TextStyle::Caption));
        painter.setPen(accent.onFill);
        painter.drawText(visual(square), Qt::AlignCenter, chips::initials(m_tenantName));
    } else {
        const QSize size = m_logo.size().scaled(square.size(), Qt::KeepAspectRatio);
        QRect place(QPoint(), size);
        place.moveCenter(visual(square).center());
        painter.drawPixmap(place, m_logo);
    }
    const int x = square.right() + edge, room = rect.right() - edge - x;
    const int line = ::theme().lineHeight(TextStyle::BodyStrong);
    const auto write = [&](const QRect &where, const QString &text, TextStyle style, const QColor &ink,
                           Qt::Alignment alignment) {
        const QFont font = ::theme().font(style);
        painter.setFont(font);
        painter.setPen(ink);
        const auto aligned = QStyle::visualAlignment(layoutDirection(), alignment);
        painter.drawText(visual(where), int(aligned | Qt::AlignVCenter | Qt::TextSingleLine),
                         paint::elided(QFontMetrics(font), text, where.width()));
    };
    write({x, square.y(), room, line}, m_tenantName, TextStyle::BodyStrong, color(ColorRole::Text), Qt::AlignLeft);
    write({x, square.y() + line, room, ::theme().lineHeight(TextStyle::Caption)}, m_productName, TextStyle::Caption,
          color(ColorRole::Text2), Qt::AlignLeft);
    const int top = std::max(square.bottom(), square.y() + line + ::theme().lineHeight(TextStyle::Caption)) + edge;
    const QRect sheet(rect.x() + edge, top, rect.width() - 2 * edge, rect.bottom() - top - edge);
    paint::box(painter, sheet, px(Length::RadiusControl), color(ColorRole::Surface), color(ColorRole::Border));
    const QString label = tr("Run", "a button of the preview");
    const int height = px(Length::ControlSmall);
    const QRect button(sheet.x() + edge, sheet.center().y() - height / 2,
                       paint::textWidth(label, TextStyle::SmallStrong) + 2 * edge, height);
    paint::box(painter, visual(button), px(Length::RadiusControl), accent.fill, accent.edge);
    write(button, label, TextStyle::SmallStrong, accent.onFill, Qt::AlignHCenter);
    const QRect link(button.right() + edge, button.y(), sheet.right() - edge - button.right() - edge, height);
    write(link, tr("A link", "in the preview"), TextStyle::Small, accent.text, Qt::AlignLeft);
}
