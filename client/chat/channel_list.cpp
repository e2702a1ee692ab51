// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_list.h"

#include "client/chat/channel_delegate.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QShortcut>

using namespace Qt::StringLiterals;

ChannelList::ChannelList(QWidget *parent)
    : QWidget(parent),
      m_search(new SearchField({})),
      m_new(new IconButton(u"message-square-plus"_s, {})),
      m_view(new QListView)
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ChannelDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->viewport()->installEventFilter(this);
    m_search->setMinimumWidth(0);
    setLayout(layout::inset(
        layout::column({layout::row({layout::wide(m_search), m_new}), layout::wide(m_view)}, Length::Space8),
        {Length::Space8, Length::Space14, Length::Space8, Length::Space8}));
    connect(m_search, &SearchField::textSettled, this, [this](const QString &text) {
        m_model.setFilter(text);
        setCurrent(m_current);
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        m_model.setFilter(m_search->text());
        openAt(1);
    });
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex &index) { open(index.row()); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ChannelList::showMenu);
    connect(m_new, &QToolButton::clicked, this, [this] { Q_EMIT newRequested(ChannelSection::Direct); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { setCurrent(m_current); });
    connect(&theme(), &Theme::changed, m_view, &QListView::doItemsLayout);
    addKeys();
    retranslate();
}

void ChannelList::addKeys()
{
    const auto add = [this](const QString &keys, std::function<void()> run) {
        connect(new QShortcut(QKeySequence(keys), this), &QShortcut::activated, this, std::move(run));
    };
    for (const QString &keys : {u"Alt+Up"_s, u"Ctrl+PgUp"_s})
        add(keys, [this] { openNext(-1); });
    for (const QString &keys : {u"Alt+Down"_s, u"Ctrl+PgDown"_s})
        add(keys, [this] { openNext(1); });
    add(u"Alt+Shift+Up"_s, [this] { openNextUnread(-1); });
    add(u"Alt+Shift+Down"_s, [this] { openNextUnread(1); });
    for (int number = 1; number <= 9; ++number)
        add(u"Ctrl+%1"_s.arg(number), [this, number] { openAt(number); });
    add(u"Ctrl+Shift+M"_s, [this] {
        if (!m_current.isNull())
            Q_EMIT muteToggled(m_current);
    });
}

QList<int> ChannelList::channelRows() const
{
    QList<int> rows;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (!m_model.isSection(row))
            rows << row;
    return rows;
}

void ChannelList::setCurrent(const QUuid &id)
{
    m_current = id;
    const int row = m_model.rowOf(id);
    m_view->setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
}

void ChannelList::open(int row)
{
    if (row < 0 || m_model.isSection(row))
        return;
    setCurrent(m_model.channel(row).id);
    Q_EMIT opened(m_current);
}

void ChannelList::openNext(int step)
{
    const QList<int> rows = channelRows();
    if (rows.isEmpty())
        return;
    const qsizetype at = rows.indexOf(m_model.rowOf(m_current));
    const qsizetype next = at < 0 ? (step > 0 ? 0 : rows.size() - 1) : at + step;
    if (next >= 0 && next < rows.size())
        open(rows[next]);
}

void ChannelList::openNextUnread(int step)
{
    const QList<int> rows = channelRows();
    const qsizetype count = rows.size(), at = rows.indexOf(m_model.rowOf(m_current));
    for (qsizetype i = 1; i <= count; ++i) { // around the end
        const qsizetype next = ((at + step * i) % count + count) % count;
        if (m_model.channel(rows[next]).isUnread() && next != at)
            return open(rows[next]);
    }
}

void ChannelList::openAt(int number) { open(channelRows().value(number - 1, -1)); }

void ChannelList::focusSearch() { m_search->setFocus(Qt::ShortcutFocusReason); }

bool ChannelList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_view->indexAt(mouse->position().toPoint());
        if (index.isValid() && mouse->button() == Qt::LeftButton)
            pressed(index, mouse->position().toPoint());
    }
    return QWidget::eventFilter(watched, event);
}

void ChannelList::pressed(const QModelIndex &index, const QPoint &point)
{
    if (!m_model.isSection(index.row()))
        return open(index.row());
    const ChannelSection section = m_model.section(index.row());
    if (ChannelDelegate::addRect(m_view->visualRect(index), layoutDirection()).contains(point))
        Q_EMIT newRequested(section);
    else
        m_model.toggleSection(section);
}

void ChannelList::showMenu(const QPoint &point)
{
    const QModelIndex index = m_view->indexAt(point);
    if (!index.isValid() || m_model.isSection(index.row()))
        return;
    const ChannelRow channel = m_model.channel(index.row());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (channel.unread > 0)
        menu->addAction(tr("Mark as read"), this, [this, id = channel.id] { Q_EMIT markReadRequested(id); });
    menu->addAction(channel.isMuted ? tr("Unmute") : tr("Mute"), this,
                    [this, id = channel.id] { Q_EMIT muteToggled(id); });
    menu->addAction(channel.section == ChannelSection::Favorites ? tr("Remove from favorites") : tr("Add to favorites"),
                    this, [this, id = channel.id] { Q_EMIT favoriteToggled(id); });
    menu->popup(m_view->viewport()->mapToGlobal(point));
}

QSize ChannelList::sizeHint() const { return {px(Length::RailWide), px(Length::PaletteHeight)}; }

void ChannelList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ChannelList::retranslate()
{
    m_search->setPlaceholder(tr("Search"));
    m_new->setName(tr("New message"));
    m_view->setAccessibleName(tr("Conversations"));
    m_view->viewport()->update();
}
