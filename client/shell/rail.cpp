// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/rail.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/shell/navigation.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace {

QString groupTitle(PageSpec::Group group)
{
    switch (group) {
    case PageSpec::Group::Build:
        return Rail::tr("Build");
    case PageSpec::Group::Operate:
        return Rail::tr("Operate");
    case PageSpec::Group::Collaborate:
        return Rail::tr("Collaborate");
    case PageSpec::Group::Administer:
        return Rail::tr("Administer");
    default:
        return {};
    }
}

} // namespace

NavItem::NavItem(const QString &pageId, const QString &icon, QWidget *parent)
    : QAbstractButton(parent),
      m_pageId(pageId),
      m_icon(icon)
{
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void NavItem::setBadge(int count, int tone)
{
    m_badge = count;
    m_badgeTone = tone;
    describe();
    update();
}

void NavItem::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    describe();
    updateGeometry();
}

void NavItem::describe()
{
    setAccessibleName(m_badge > 0 ? QStringLiteral("%1, %2").arg(text()).arg(m_badge) : text());
    setToolTip(m_collapsed ? text() : QString());
}

void NavItem::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

QSize NavItem::sizeHint() const
{
    const int badge = m_badge > 0 ? px(Length::Badge) + px(Length::Space12) : 0;
    const int width = px(Length::Space12) + px(Length::IconMedium) + px(Length::Space8) + px(Length::Space2)
        + paint::textWidth(text(), TextStyle::BodyStrong) + px(Length::Space8) + badge;
    return {m_collapsed ? px(Length::Space40) : width, px(Length::NavRow)};
}

void NavItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int radius = px(Length::RadiusControl);
    if (isChecked())
        paint::box(painter, rect(), radius, theme().color(ColorRole::Raised), theme().color(ColorRole::Border),
                   px(Length::Hairline));
    else if (isDown() || underMouse())
        paint::box(painter, rect(), radius, theme().color(isDown() ? ColorRole::Pressed : ColorRole::Hover));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(painter, rect(), radius);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    if (isChecked()) {
        const QRect bar(0, (height() - px(Length::NavBarHeight)) / 2, px(Length::NavBarWidth),
                        px(Length::NavBarHeight));
        paint::box(painter, visual(bar), px(Length::NavBarWidth) / 2.0, theme().color(ColorRole::AccentLine));
    }
    const int icon = px(Length::IconMedium);
    const int left = m_collapsed ? (width() - icon) / 2 : px(Length::Space12);
    paintIcon(painter, visual({left, (height() - icon) / 2, icon, icon}), m_icon,
              isChecked() ? ColorRole::AccentText : ColorRole::Text2);
    if (m_collapsed) {
        if (m_badge > 0) {
            const int dot = px(Length::PresenceDot);
            paint::box(painter, visual({left + icon - dot / 2, px(Length::Space4), dot, dot}), dot / 2.0,
                       theme().color(textRole(Tone(m_badgeTone))));
        }
        return;
    }
    const int start = left + icon + px(Length::Space8) + px(Length::Space2);
    int end = width() - px(Length::Space8);
    if (m_badge > 0) {
        Badge::paint(painter, QRect(0, 0, end, height()), m_badge, Tone(m_badgeTone));
        end -= px(Length::Badge) + px(Length::Space8);
    }
    paint::text(painter, visual({start, 0, end - start, height()}), text(), TextStyle::BodyStrong,
                isChecked() ? ColorRole::Text : ColorRole::Text2);
}

Rail::Rail(Navigation &navigation, QWidget *parent) : QWidget(parent), m_navigation(navigation)
{
    setLayout(layout::inset(layout::column({}), {Length::Space8, Length::Space4, Length::Space8, Length::Space8}));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(&navigation, &Navigation::availableChanged, this, &Rail::rebuild);
    connect(&navigation, &Navigation::currentChanged, this, &Rail::mark);
    connect(&navigation, &Navigation::badgeChanged, this, &Rail::mark);
    connect(&theme(), &Theme::changed, this, &Rail::rebuild);
    rebuild();
}

void Rail::setCollapsed(bool collapsed)
{
    if (m_collapsed == collapsed)
        return;
    m_collapsed = collapsed;
    rebuild();
}

int Rail::wantedWidth() const
{
    if (m_collapsed)
        return px(Length::RailCollapsed);
    int widest = 0;
    for (const NavItem *item : m_items)
        widest = std::max(widest, item->sizeHint().width() + 2 * px(Length::Space8));
    return std::max(widest > px(Length::RailWidth) ? px(Length::RailWide) : px(Length::RailWidth), widest);
}

void Rail::rebuild()
{
    const bool hadFocus = std::any_of(m_items.begin(), m_items.end(), [](NavItem *item) { return item->hasFocus(); });
    m_items.clear();
    delete m_content;
    m_content = new QWidget;
    m_content->setAccessibleName(tr("Pages"));
    auto *column = layout::column({}, Length::Space2);
    m_content->setLayout(column);
    auto before = PageSpec::Group::Top;
    for (const PageSpec *spec : m_navigation.available()) {
        if (spec->group != before) {
            if (spec->group == PageSpec::Group::Bottom)
                column->addStretch(1);
            else if (m_collapsed)
                column->addWidget(layout::box(layout::inset(layout::column({layout::line()}), Length::Space8)));
            else {
                auto *heading = new Label(groupTitle(spec->group), TextStyle::Caption, ColorRole::Text3);
                heading->setContentsMargins(px(Length::Space12), px(Length::Space12), 0, px(Length::Space4));
                column->addWidget(heading);
            }
            before = spec->group;
        }
        auto *item = new NavItem(spec->id, spec->icon);
        item->setText(spec->title());
        item->setCollapsed(m_collapsed);
        item->installEventFilter(this);
        connect(item, &QAbstractButton::clicked, this, [this, id = spec->id] {
            m_navigation.open(id);
            mark();
        });
        column->addWidget(item);
        m_items << item;
    }
    if (before != PageSpec::Group::Bottom)
        column->addStretch(1);
    layout()->addWidget(m_content);
    layout::reveal(m_content); // in this frame: a layout would show it in the next one
    setFixedWidth(wantedWidth());
    mark();
    if (hadFocus)
        focusCurrent();
}

void Rail::mark()
{
    for (NavItem *item : m_items) {
        const bool current = item->pageId() == m_navigation.currentId();
        item->setChecked(current);
        item->setFocusPolicy(current ? Qt::StrongFocus : Qt::ClickFocus); // one tab stop for the list
        item->setBadge(m_navigation.badge(item->pageId()), int(m_navigation.badgeTone(item->pageId())));
    }
}

void Rail::focusCurrent()
{
    for (NavItem *item : m_items) {
        if (item->isChecked())
            item->setFocus(Qt::TabFocusReason);
    }
}

void Rail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}

bool Rail::eventFilter(QObject *watched, QEvent *event)
{
    auto *item = qobject_cast<NavItem *>(watched);
    if (item && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            const qsizetype to = m_items.indexOf(item) + step;
            if (to >= 0 && to < m_items.size())
                m_items[to]->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            item->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}
