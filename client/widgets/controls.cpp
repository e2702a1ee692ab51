// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/controls.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QAction>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QTimer>
#include <QToolButton>
#include <QWheelEvent>

namespace {

constexpr int settleTime = 120; // ms

bool keyboardFocus(const QWidget *widget)
{
    return widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

class Segment : public QAbstractButton
{
public:
    explicit Segment(const QString &text)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override
    {
        return {paint::textWidth(text(), TextStyle::BodyStrong) + 2 * px(Length::Space12), px(Length::ControlSmall)};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const int radius = px(Length::RadiusSmall);
        if (isChecked())
            paint::box(painter, rect(), radius, theme().color(ColorRole::Raised),
                       theme().color(theme().isDark() ? ColorRole::BorderStrong : ColorRole::Border),
                       px(Length::Hairline));
        else if (underMouse() && isEnabled())
            paint::box(painter, rect(), radius, theme().color(ColorRole::Pressed));
        if (keyboardFocus(this))
            paint::focusRing(painter, rect(), radius);
        paint::text(painter, rect(), text(), TextStyle::BodyStrong,
                    !isEnabled()      ? ColorRole::TextDisabled
                        : isChecked() ? ColorRole::Text
                                      : ColorRole::Text2,
                    Qt::AlignCenter);
    }
};

} // namespace

SearchField::SearchField(const QString &placeholder, QWidget *parent) : QLineEdit(parent)
{
    setClearButtonEnabled(true);
    addAction(themedIcon(QStringLiteral("search"), ColorRole::Text3), QLineEdit::LeadingPosition);
    setPlaceholder(placeholder);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    nameActions();
    auto *settle = new QTimer(this);
    settle->setSingleShot(true);
    settle->setInterval(settleTime);
    connect(this, &QLineEdit::textChanged, settle, qOverload<>(&QTimer::start));
    connect(settle, &QTimer::timeout, this, [this] { Q_EMIT textSettled(text()); });
}

void SearchField::setPlaceholder(const QString &placeholder)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    updateGeometry();
}

QSize SearchField::sizeHint() const
{
    // Room for the whole hint in any language, with the icon before it and the cross behind it.
    const int hint = fontMetrics().horizontalAdvance(placeholderText()) + 2 * px(Length::Space32) + px(Length::Space12);
    return {std::max(px(Length::SearchField), hint), QLineEdit::sizeHint().height()};
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        return clear();
    QLineEdit::keyPressEvent(event);
}

void SearchField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        nameActions();
}

void SearchField::nameActions()
{
    const auto buttons = findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        const bool clears =
            button->defaultAction() && button->defaultAction()->objectName() == u"_q_qlineeditclearaction";
        button->setAccessibleName(clears ? tr("Clear") : tr("Search"));
        if (button->defaultAction())
            button->defaultAction()->setText(button->accessibleName());
    }
}

Select::Select(const QString &accessibleName, QWidget *parent) : QComboBox(parent)
{
    setAccessibleName(accessibleName);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setMaxVisibleItems(12);
    view()->setAccessibleName(accessibleName);
    connect(this, &QComboBox::activated, this, [this] { Q_EMIT valueChosen(value()); });
}

void Select::setChoices(const QList<std::pair<QVariant, QString>> &choices)
{
    const QSignalBlocker blocker(this);
    const QVariant before = value();
    clear();
    for (const auto &[value, text] : choices)
        addItem(text, value);
    if (before.isValid())
        setValue(before);
}

void Select::setValue(const QVariant &value)
{
    const QSignalBlocker blocker(this);
    setCurrentIndex(findData(value));
    update();
}

void Select::wheelEvent(QWheelEvent *event) { event->ignore(); }

Switch::Switch(const QString &accessibleName, QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAccessibleName(accessibleName);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Switch::sizeHint() const
{
    const int ring = 2 * px(Length::Ring);
    return {px(Length::SwitchWidth) + ring, std::max(px(Length::SwitchHeight) + ring, px(Length::Target))};
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRect track(0, 0, px(Length::SwitchWidth), px(Length::SwitchHeight));
    track.moveCenter(rect().center());
    const qreal radius = track.height() / 2.0;
    const ColorRole fill = !isEnabled() ? ColorRole::Pressed
        : isChecked()                   ? (underMouse() ? ColorRole::AccentHover : ColorRole::Accent)
                                        : (underMouse() ? ColorRole::Hover : ColorRole::Surface);
    paint::box(painter, track, radius, theme().color(fill),
               theme().color(isChecked() && isEnabled() ? ColorRole::AccentEdge : ColorRole::Control),
               px(Length::Hairline));
    const int inset = px(Length::Space4), size = track.height() - 2 * inset;
    const QRect thumb(isChecked() ? track.right() + 1 - inset - size : track.x() + inset, track.y() + inset, size,
                      size);
    paint::box(painter, QStyle::visualRect(layoutDirection(), track, thumb), size / 2.0,
               theme().color(isChecked() ? ColorRole::OnAccent : ColorRole::Control));
    if (keyboardFocus(this))
        paint::focusRing(painter, track.adjusted(-2, -2, 2, 2), track.height());
}

SegmentedControl::SegmentedControl(const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_group(new QButtonGroup(this))
{
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(px(Length::Space2), px(Length::Space2), px(Length::Space2), px(Length::Space2));
    row->setSpacing(px(Length::Space2));
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (checked)
            setFocusProxy(m_group->button(id)); // the one that Tab goes to
    });
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

void SegmentedControl::setChoices(const QStringList &choices)
{
    // The same number of choices are the same choices in another language.
    if (choices.size() == m_group->buttons().size()) {
        for (int i = 0; i < choices.size(); ++i) {
            m_group->button(i)->setText(choices[i]);
            m_group->button(i)->updateGeometry();
        }
        return;
    }
    for (QAbstractButton *button : m_group->buttons())
        delete button;
    QWidget *before = this; // where this stands among what Tab goes through, whenever its choices come
    for (int i = 0; i < choices.size(); ++i) {
        auto *segment = new Segment(choices[i]);
        m_group->addButton(segment, i);
        layout()->addWidget(segment);
        setTabOrder(before, segment);
        before = segment;
    }
    if (!choices.isEmpty())
        m_group->button(0)->setChecked(true);
}

int SegmentedControl::current() const { return m_group->checkedId(); }

void SegmentedControl::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index)) {
        button->setChecked(true);
    } else if (QAbstractButton *chosen = m_group->checkedButton()) { // none of them
        m_group->setExclusive(false);
        chosen->setChecked(false);
        m_group->setExclusive(true);
    }
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint::box(painter, rect(), px(Length::RadiusControl), theme().color(ColorRole::Hover));
}

Tabs::Tabs(const QString &accessibleName, QWidget *parent) : QTabBar(parent)
{
    setAccessibleName(accessibleName);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme(), &Theme::changed, this, [this] {
        for (int i = 0; i < count(); ++i)
            renew(i); // also makes the bar lay itself out again
    });
}

void Tabs::setTabs(const QStringList &titles)
{
    m_titles = titles;
    m_counts.resize(titles.size(), -1);
    while (count() > titles.size())
        removeTab(count() - 1);
    while (count() < titles.size())
        addTab({});
    for (int i = 0; i < titles.size(); ++i)
        renew(i);
}

void Tabs::setCount(int index, int count)
{
    if (index < 0 || index >= m_counts.size() || m_counts[index] == count)
        return;
    m_counts[index] = count;
    renew(index);
}

void Tabs::renew(int index)
{
    const QString title = m_titles.value(index).replace(u'&', QStringLiteral("&&"));
    const int count = m_counts.value(index, -1);
    setTabText(index, count < 0 ? title : QStringLiteral("%1  %2").arg(title, QLocale().toString(count)));
    updateGeometry(); // QTabBar does not say so while it is hidden, and the layout would keep the old width
}

QSize Tabs::tabSizeHint(int index) const
{
    QString text = tabText(index);
    text.replace(QStringLiteral("&&"), QStringLiteral("&"));
    return {paint::textWidth(text, TextStyle::BodyStrong) + 2 * px(Length::Space8) + px(Length::Space4),
            px(Length::TabRow)};
}

QSize Tabs::minimumTabSizeHint(int index) const { return tabSizeHint(index); }
