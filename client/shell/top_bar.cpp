// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/top_bar.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QWidgetAction>

namespace {

void ringIfFocused(QWidget *widget, QPainter &painter, const QRect &rect, int radius)
{
    if (widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(painter, rect, radius);
}

void setUp(QAbstractButton *button)
{
    button->setAttribute(Qt::WA_Hover);
    button->setFocusPolicy(Qt::StrongFocus);
}

} // namespace

TenantSwitcher::TenantSwitcher(QWidget *parent) : QAbstractButton(parent)
{
    setUp(this);
    connect(this, &QAbstractButton::clicked, this, &TenantSwitcher::openList);
}

void TenantSwitcher::setIdentity(const Identity &identity)
{
    m_identity = identity;
    setAccessibleName(tr("Tenant %1. Switch tenant").arg(identity.tenantName));
    setToolTip(QStringLiteral("%1 (%2)").arg(tr("Switch tenant"), shownKey(QStringLiteral("Ctrl+Shift+T"))));
    update();
}

QSize TenantSwitcher::sizeHint() const { return {px(Length::TenantSwitcher), px(Length::TopBar) - px(Length::Space8)}; }

void TenantSwitcher::openList()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const TenantChoice &choice : m_choices) {
        QString text = choice.name;
        text.replace(u'&', QStringLiteral("&&"));
        auto *action = menu->addAction(choice.detail.isEmpty() ? text : text + u'\t' + choice.detail);
        action->setCheckable(true);
        action->setChecked(choice.current);
        connect(action, &QAction::triggered, this, [this, choice] {
            if (!choice.current)
                Q_EMIT chosen(choice.key);
        });
    }
    if (!m_choices.isEmpty())
        menu->addSeparator();
    menu->addAction(themedIcon(QStringLiteral("plus")), tr("Sign in to another tenant…"), this,
                    &TenantSwitcher::addRequested);
    menu->setMinimumWidth(width());
    menu->popup(mapToGlobal(QPoint(0, height())));
}

void TenantSwitcher::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int radius = px(Length::RadiusControl);
    if (isDown() || underMouse())
        paint::box(painter, rect(), radius, theme().color(isDown() ? ColorRole::Pressed : ColorRole::Hover));
    ringIfFocused(this, painter, rect(), radius);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int tile = px(Length::TenantTile), left = px(Length::Space8);
    const QRect square = visual({left, (height() - tile) / 2, tile, tile});
    if (m_identity.logo.isNull()) {
        paint::box(painter, square, radius, theme().color(ColorRole::Accent), theme().color(ColorRole::AccentEdge),
                   px(Length::Hairline));
        QFont font = theme().font(TextStyle::Caption);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(theme().color(ColorRole::OnAccent));
        painter.drawText(square, Qt::AlignCenter, chips::initials(m_identity.tenantName));
    } else {
        QRect place(QPoint(), m_identity.logo.size().scaled(square.size(), Qt::KeepAspectRatio));
        place.moveCenter(square.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(place, m_identity.logo);
    }
    const int icon = px(Length::IconTiny), end = width() - px(Length::Space8) - icon;
    paintIcon(painter, visual({end, (height() - icon) / 2, icon, icon}), QStringLiteral("chevron-down"),
              ColorRole::Text2);
    const int x = left + tile + px(Length::Space10), room = end - px(Length::Space4) - x;
    const int nameLine = theme().lineHeight(TextStyle::BodyStrong) - px(Length::Space2),
              detailLine = theme().lineHeight(TextStyle::Caption) - px(Length::Space2);
    const int top = (height() - nameLine - detailLine) / 2;
    paint::text(painter, visual({x, top, room, nameLine}), m_identity.tenantName, TextStyle::BodyStrong,
                ColorRole::Text);
    paint::text(painter, visual({x, top + nameLine, room, detailLine}), m_identity.tenantDetail, TextStyle::Caption,
                ColorRole::Text2);
}

CommandField::CommandField(QWidget *parent) : QAbstractButton(parent) { setUp(this); }

QSize CommandField::sizeHint() const { return {px(Length::SearchMaximum), px(Length::ControlMedium)}; }

void CommandField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int radius = px(Length::RadiusControl) + px(Length::Space2);
    paint::box(painter, rect(), radius,
               theme().color(theme().isDark() && underMouse() ? ColorRole::Hover : ColorRole::Raised),
               theme().color(underMouse() ? ColorRole::BorderStrong : ColorRole::Border), px(Length::Hairline));
    ringIfFocused(this, painter, rect(), radius);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int icon = px(Length::IconSmall), side = px(Length::Space10);
    paintIcon(painter, visual({side, (height() - icon) / 2, icon, icon}), QStringLiteral("search"), ColorRole::Text3);
    const QString keys = QStringLiteral("Ctrl+K");
    const int caps = KeyCaps::width(keys);
    KeyCaps::paint(painter, rect().adjusted(0, 0, -side, 0), keys, true);
    const int x = side + icon + px(Length::Space8);
    paint::text(painter, visual({x, 0, width() - x - caps - 2 * side, height()}), text(), TextStyle::Body,
                ColorRole::Text3);
}

ConnectionPill::ConnectionPill(QWidget *parent) : QAbstractButton(parent)
{
    setUp(this);
    describe();
}

void ConnectionPill::setConnection(State state, int latencyMs)
{
    if (m_state == state && m_latencyMs == latencyMs)
        return;
    m_state = state;
    m_latencyMs = latencyMs;
    describe();
}

QString ConnectionPill::word() const
{
    switch (m_state) {
    case State::Live:
        return tr("Live");
    case State::Reconnecting:
        return tr("Reconnecting…");
    case State::Offline:
        break;
    }
    return tr("Offline");
}

QString ConnectionPill::latency() const
{
    // Thin space before the unit.
    return m_state == State::Live && m_latencyMs >= 0 ? tr("%1\u2009ms").arg(QLocale().toString(m_latencyMs))
                                                      : QString();
}

void ConnectionPill::describe()
{
    setAccessibleName(tr("Connection: %1 %2").arg(word(), latency()).trimmed());
    setToolTip(tr("Connection details"));
    updateGeometry();
    if (auto *bar = parentWidget())
        QCoreApplication::postEvent(bar, new QEvent(QEvent::LayoutRequest));
    update();
}

void ConnectionPill::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        describe();
}

QSize ConnectionPill::sizeHint() const
{
    int width = 2 * px(Length::Space10) + px(Length::IconTiny) + px(Length::Space6)
        + paint::textWidth(word(), TextStyle::SmallStrong);
    if (!latency().isEmpty())
        width += px(Length::Space6) + paint::textWidth(latency(), TextStyle::SmallDigits);
    return {width, px(Length::ControlSmall) - px(Length::Space2)};
}

void ConnectionPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool live = m_state == State::Live;
    const Tone tone = live ? Tone::Success : m_state == State::Reconnecting ? Tone::Warning : Tone::Danger;
    const qreal radius = height() / 2.0;
    if (live)
        paint::box(painter, rect(), radius, underMouse() ? theme().color(ColorRole::Hover) : QColor(),
                   theme().color(ColorRole::Border), px(Length::Hairline));
    else
        paint::box(painter, rect(), radius, theme().color(softRole(tone)));
    ringIfFocused(this, painter, rect(), height() / 2);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    int x = px(Length::Space10);
    const int icon = px(Length::IconTiny);
    const QRect square = visual({x, (height() - icon) / 2, icon, icon});
    if (live) {
        const int halo = px(Length::Space12), dot = px(Length::PresenceDot);
        QRect outer(0, 0, halo, halo), inner(0, 0, dot, dot);
        outer.moveCenter(square.center());
        inner.moveCenter(square.center());
        paint::box(painter, outer, halo / 2.0, theme().color(ColorRole::SuccessSoft));
        paint::box(painter, inner, dot / 2.0, theme().color(ColorRole::Success));
    } else {
        paintIcon(painter, square,
                  m_state == State::Reconnecting ? QStringLiteral("refresh-cw") : QStringLiteral("cloud-off"),
                  textRole(tone));
    }
    x += icon + px(Length::Space6);
    const int room = width() - px(Length::Space8) - x;
    x += paint::text(painter, visual({x, 0, room, height()}), word(), TextStyle::SmallStrong,
                     live ? ColorRole::Text : textRole(tone))
        + px(Length::Space6);
    if (!latency().isEmpty())
        paint::text(painter, visual({x, 0, width() - x, height()}), latency(), TextStyle::SmallDigits,
                    ColorRole::Text2);
}

AvatarButton::AvatarButton(QWidget *parent) : QAbstractButton(parent) { setUp(this); }

void AvatarButton::setPerson(const PersonLook &person)
{
    m_person = person;
    setAccessibleName(tr("%1: account menu").arg(person.name));
    setToolTip(person.name);
    update();
}

QSize AvatarButton::sizeHint() const
{
    const int side = px(Length::AvatarLarge) + 2 * px(Length::Space2);
    return {side, side};
}

void AvatarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int ring = px(Length::Space2);
    chips::paintAvatar(painter, rect().adjusted(ring, ring, -ring, -ring), m_person);
    ringIfFocused(this, painter, rect(), height() / 2);
}

TopBar::TopBar(QWidget *parent)
    : QWidget(parent),
      m_tenants(new TenantSwitcher(this)),
      m_command(new CommandField(this)),
      m_connection(new ConnectionPill(this)),
      m_theme(new IconButton({}, {}, {}, this)),
      m_person(new AvatarButton(this))
{
    setFixedHeight(px(Length::TopBar));
    connect(m_theme, &QToolButton::clicked, this, &TopBar::themeToggled);
    connect(m_person, &QAbstractButton::clicked, this, &TopBar::showPersonMenu);
    connect(&theme(), &Theme::changed, this, [this] {
        setFixedHeight(px(Length::TopBar));
        retranslate();
        place();
    });
    retranslate();
}

void TopBar::setIdentity(const Identity &identity)
{
    m_identity = identity;
    m_tenants->setIdentity(identity);
    m_person->setPerson(identity.user);
}

void TopBar::retranslate()
{
    m_command->setText(tr("Search jobs, templates, or run a command"));
    m_command->setAccessibleName(tr("Search or run a command"));
    m_theme->setIconName(theme().isDark() ? QStringLiteral("sun") : QStringLiteral("moon"));
    m_theme->setName(theme().isDark() ? tr("Light theme") : tr("Dark theme"), QStringLiteral("Ctrl+Shift+D"));
    setIdentity(m_identity);
    place();
}

void TopBar::showPersonMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_identity.email.isEmpty()) {
        // Who is signed in: to be read, not to be chosen.
        auto *who = new QWidgetAction(menu);
        who->setDefaultWidget(
            layout::box(layout::inset(layout::column({new Label(m_identity.user.name, TextStyle::BodyStrong),
                                                      new Label(m_identity.email, TextStyle::Small, ColorRole::Text2)},
                                                     Length::Space2),
                                      {Length::Space10, Length::Space6, Length::Space10, Length::Space6})));
        menu->addAction(who);
        menu->addSeparator();
    }
    Q_EMIT personMenuRequested(menu);
    const QSize size = menu->sizeHint();
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : m_person->width() - size.width();
    menu->popup(m_person->mapToGlobal(QPoint(x, m_person->height() + px(Length::Space4))));
}

void TopBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

// By hand, because the search field stays in the middle of the window as long as there is room.
void TopBar::place()
{
    const auto put = [this](QWidget *widget, int x, const QSize &size) {
        const QRect logical(x, (height() - size.height()) / 2, size.width(), size.height());
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), logical));
    };
    const int side = px(Length::Space8), gap = px(Length::Space8);
    put(m_tenants, side, m_tenants->sizeHint());
    int right = width() - px(Length::Space10);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_person), static_cast<QWidget *>(m_theme), static_cast<QWidget *>(m_connection)}) {
        const QSize size = widget->sizeHint();
        right -= size.width();
        put(widget, right, size);
        right -= gap;
    }
    const int left = side + m_tenants->sizeHint().width() + gap;
    const int field = std::clamp(right - left, px(Length::SearchMinimum), px(Length::SearchMaximum));
    const int middle = std::clamp((width() - field) / 2, left, std::max(left, right - field));
    put(m_command, middle, {std::min(field, std::max(0, right - left)), px(Length::ControlMedium)});
}

bool TopBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        place();
    return QWidget::event(event);
}
