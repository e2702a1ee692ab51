// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/chips.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/layout.h"

#include <QPainter>
#include <QPixmapCache>

namespace {

// Draws through the pixmap cache. `paint` gets a painter on a transparent pixmap of that size.
template<class Paint>
void cached(QPainter &painter, const QPoint &at, const QSize &size, const QString &content, Paint paint)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("chip/%1/%2x%3/%4/%5")
                            .arg(content)
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ratio)
                            .arg(theme().revision());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(size * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter inner(&pixmap);
        inner.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        inner.setLayoutDirection(painter.layoutDirection());
        paint(inner, QRect({}, size));
        inner.end();
        QPixmapCache::insert(key, pixmap);
    }
    painter.drawPixmap(at, pixmap);
}

QStringList capsOf(const QString &portableKeys)
{
    QStringList caps;
    const QStringList steps = portableKeys.split(QStringLiteral(", "), Qt::SkipEmptyParts);
    for (const QString &step : steps) {
        static const QHash<QString, QString> symbols{{QStringLiteral("Return"), QStringLiteral("↵")},
                                                     {QStringLiteral("Up"), QStringLiteral("↑")},
                                                     {QStringLiteral("Down"), QStringLiteral("↓")},
                                                     {QStringLiteral("Left"), QStringLiteral("←")},
                                                     {QStringLiteral("Right"), QStringLiteral("→")}};
        QStringList keys = step.split(QLatin1Char('+'), Qt::SkipEmptyParts);
        if (step.endsWith(QLatin1Char('+'))) // the key itself is plus
            keys << QStringLiteral("+");
        for (const QString &key : keys)
            caps << symbols.value(key, shownKey(key).isEmpty() ? key : shownKey(key));
    }
    return caps;
}

int capWidth(const QString &cap)
{
    return std::max(px(Length::KeyCap), paint::textWidth(cap, TextStyle::Caption) + px(Length::Space10));
}

} // namespace

quint32 chips::stableHash(const QString &text)
{
    quint32 hash = 2166136261u;
    for (const char byte : text.toUtf8())
        hash = (hash ^ quint8(byte)) * 16777619u;
    return hash;
}

QString chips::initials(const QString &name)
{
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return QStringLiteral("?");
    const QString second = words.size() > 1 ? words.constLast().left(1) : words.constFirst().mid(1, 1);
    return (words.constFirst().left(1) + second).toUpper();
}

int chips::statusWidth(const StatusLook &status)
{
    return px(Length::Space6) + px(Length::IconTiny) + px(Length::Space2) + px(Length::Hairline)
        + paint::textWidth(status.label, TextStyle::SmallStrong) + px(Length::Space8);
}

void chips::paintStatus(QPainter &painter, const QRect &rect, const StatusLook &status)
{
    const int height = px(Length::Chip);
    const int width = std::min(statusWidth(status), rect.width());
    const QRect logical(rect.x(), rect.y() + (rect.height() - height) / 2, width, height);
    const QRect at = QStyle::visualRect(painter.layoutDirection(), rect, logical);
    const QString content = QStringLiteral("status/%1/%2/%3").arg(int(status.tone)).arg(status.icon, status.label);
    cached(painter, at.topLeft(), at.size(), content, [&](QPainter &inner, const QRect &pill) {
        paint::box(inner, pill, pill.height() / 2.0, theme().color(softRole(status.tone)));
        const int icon = px(Length::IconTiny);
        const auto visual = [&](const QRect &part) { return QStyle::visualRect(inner.layoutDirection(), pill, part); };
        const int left = px(Length::Space6);
        paintIcon(inner, visual({left, (pill.height() - icon) / 2, icon, icon}), status.icon, textRole(status.tone));
        const int start = left + icon + px(Length::Space2) + px(Length::Hairline);
        paint::text(inner, visual(pill.adjusted(start, 0, -px(Length::Space4), 0)), status.label,
                    TextStyle::SmallStrong, textRole(status.tone));
    });
}

void chips::paintAvatar(QPainter &painter, const QRect &circle, const PersonLook &person)
{
    const QString letters = initials(person.name);
    const QColor ground = theme().avatar(stableHash(person.id.isEmpty() ? person.name : person.id));
    const QString content = QStringLiteral("avatar/%1/%2").arg(letters, ground.name());
    cached(painter, circle.topLeft(), circle.size(), content, [&](QPainter &inner, const QRect &disc) {
        paint::box(inner, disc, disc.width() / 2.0, ground);
        QFont font = theme().font(TextStyle::Caption);
        font.setWeight(QFont::DemiBold);
        font.setPixelSize(std::max(8, qRound(disc.height() * 0.40)));
        inner.setFont(font);
        inner.setPen(theme().color(ColorRole::OnBadgeRed));
        inner.drawText(disc, Qt::AlignCenter, letters);
    });
}

StatusChip::StatusChip(const StatusLook &status, QWidget *parent) : QWidget(parent), m_status(status)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(status.label);
    connect(&theme(), &Theme::changed, this, [this] { updateGeometry(); });
}

void StatusChip::setStatus(const StatusLook &status)
{
    m_status = status;
    setAccessibleName(status.label);
    updateGeometry();
    update();
}

QSize StatusChip::sizeHint() const { return {chips::statusWidth(m_status), px(Length::Chip)}; }

void StatusChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    chips::paintStatus(painter, rect(), m_status);
}

Avatar::Avatar(const PersonLook &person, Length size, QWidget *parent) : QWidget(parent), m_person(person), m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setPerson(person);
}

void Avatar::setPerson(const PersonLook &person)
{
    m_person = person;
    setAccessibleName(person.name);
    update();
}

QSize Avatar::sizeHint() const { return {px(m_size), px(m_size)}; }

void Avatar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRect circle({}, sizeHint());
    circle.moveCenter(rect().center());
    chips::paintAvatar(painter, circle, m_person);
}

Badge::Badge(Tone tone, QWidget *parent) : QWidget(parent), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

QString Badge::shown(int count) { return count > 999 ? QStringLiteral("999+") : QString::number(count); }

void Badge::setCount(int count)
{
    m_count = count;
    setAccessibleName(shown(count));
    if (count > 0)
        layout::reveal(this);
    else
        hide();
    updateGeometry();
    update();
}

void Badge::paint(QPainter &painter, const QRect &rect, int count, Tone tone)
{
    const QString text = shown(count);
    const int height = px(Length::Badge);
    const int width = std::max(height, paint::textWidth(text, TextStyle::CaptionDigits) + px(Length::Space10));
    const QRect logical(rect.right() + 1 - width, rect.y() + (rect.height() - height) / 2, width, height);
    const QRect pill = QStyle::visualRect(painter.layoutDirection(), rect, logical);
    paint::box(painter, pill, height / 2.0, theme().color(softRole(tone)));
    paint::text(painter, pill, text, TextStyle::CaptionDigits, textRole(tone), Qt::AlignCenter);
}

QSize Badge::sizeHint() const
{
    return {
        std::max(px(Length::Badge), paint::textWidth(shown(m_count), TextStyle::CaptionDigits) + px(Length::Space10)),
        px(Length::Badge)};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_count, m_tone);
}

KeyCaps::KeyCaps(const QString &portableKeys, QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setKeys(portableKeys);
}

void KeyCaps::setKeys(const QString &portableKeys)
{
    m_keys = portableKeys;
    setAccessibleName(capsOf(portableKeys).join(QLatin1Char(' ')));
    updateGeometry();
    update();
}

int KeyCaps::width(const QString &portableKeys)
{
    int width = 0;
    for (const QString &cap : capsOf(portableKeys))
        width += (width ? px(Length::Space4) : 0) + capWidth(cap);
    return width;
}

void KeyCaps::paint(QPainter &painter, const QRect &rect, const QString &portableKeys, bool atEnd)
{
    const int height = px(Length::KeyCap);
    int x = atEnd ? rect.right() + 1 - width(portableKeys) : rect.x();
    for (const QString &cap : capsOf(portableKeys)) {
        const QRect logical(x, rect.y() + (rect.height() - height) / 2, capWidth(cap), height);
        const QRect key = QStyle::visualRect(painter.layoutDirection(), rect, logical);
        paint::box(painter, key, px(Length::RadiusKey), theme().color(ColorRole::Raised),
                   theme().color(ColorRole::BorderStrong), px(Length::Hairline));
        paint::text(painter, key, cap, TextStyle::Caption, ColorRole::Text2, Qt::AlignCenter);
        x += logical.width() + px(Length::Space4);
    }
}

QSize KeyCaps::sizeHint() const { return {width(m_keys), px(Length::KeyCap)}; }

void KeyCaps::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_keys, false);
}
