// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_folders.h"

#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/amounts.h"

#include <QContextMenuEvent>
#include <QDropEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>

#include <map>

using namespace Qt::StringLiterals;

namespace {

constexpr int placeRole = Qt::UserRole + 1;
constexpr int folderRole = Qt::UserRole + 2;
constexpr auto folderMime = "application/x-patio-folder";

} // namespace

TemplateFolders::TemplateFolders(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(2);
    header()->hide();
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    setFrameShape(QFrame::NoFrame);
    setIndentation(px(Length::Space16));
    setUniformRowHeights(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setTextElideMode(Qt::ElideRight);
    m_all = add(nullptr, Place::All, {});
    m_removed = add(nullptr, Place::Removed, {});
    m_all->setIcon(0, themedIcon(u"layers"_s));
    m_removed->setIcon(0, themedIcon(u"archive"_s));
    setCurrentItem(m_all);
    connect(this, &QTreeWidget::currentItemChanged, this, [this] {
        if (m_setting)
            return;
        m_wanted.clear();
        Q_EMIT chosen();
    });
    connect(this, &QTreeWidget::itemCollapsed, this,
            [this](QTreeWidgetItem *item) { m_collapsed.insert(folderOf(item)); });
    connect(this, &QTreeWidget::itemExpanded, this,
            [this](QTreeWidgetItem *item) { m_collapsed.remove(folderOf(item)); });
    retranslate();
}

void TemplateFolders::retranslate()
{
    setAccessibleName(tr("Folders"));
    m_all->setText(0, tr("All templates"));
    m_removed->setText(0, tr("Removed"));
}

TemplateFolders::Place TemplateFolders::placeOf(const QTreeWidgetItem *item)
{
    return item ? Place(item->data(0, placeRole).toInt()) : Place::All;
}

QString TemplateFolders::folderOf(const QTreeWidgetItem *item)
{
    return item ? item->data(0, folderRole).toString() : QString();
}

QTreeWidgetItem *TemplateFolders::add(QTreeWidgetItem *parent, Place place, const QString &folder)
{
    auto *item = parent ? new QTreeWidgetItem(parent) : new QTreeWidgetItem(this);
    item->setData(0, placeRole, int(place));
    item->setData(0, folderRole, folder);
    item->setSizeHint(0, QSize(0, px(Length::Space32)));
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    if (place == Place::Folder) {
        item->setIcon(0, themedIcon(u"folder-open"_s));
        item->setText(0, folder.section(u'/', -1));
        item->setToolTip(0, folder);
    }
    return item;
}

void TemplateFolders::setCount(QTreeWidgetItem *item, int count)
{
    item->setText(1, amounts::count(count));
    item->setData(0, Qt::AccessibleTextRole, tr("%1, %n template(s)", nullptr, count).arg(item->text(0)));
}

// Made anew: thousands of templates have dozens of folders.
void TemplateFolders::setTemplates(const QList<PromptTemplate> &templates)
{
    std::map<QString, int> counts; // with those within
    for (const PromptTemplate &one : templates)
        for (QString folder = one.folder; !folder.isEmpty(); folder = folder.section(u'/', 0, -2))
            ++counts[folder];
    const Place place = this->place();
    const QString chosenFolder = folder();
    m_setting = true;
    for (int i = topLevelItemCount() - 1; i >= 0; --i)
        if (placeOf(topLevelItem(i)) == Place::Folder)
            delete takeTopLevelItem(i);
    m_items.clear();
    int at = 1;
    for (const auto &[folder, count] : counts) {
        QTreeWidgetItem *around = m_items.value(folder.section(u'/', 0, -2));
        QTreeWidgetItem *item = add(around, Place::Folder, folder);
        if (!around) {
            takeTopLevelItem(indexOfTopLevelItem(item));
            insertTopLevelItem(at++, item);
        }
        m_items.insert(folder, item);
        setCount(item, count);
    }
    const QSet<QString> collapsed = m_collapsed;
    for (auto it = m_items.cbegin(); it != m_items.cend(); ++it)
        it.value()->setExpanded(!collapsed.contains(it.key()));
    m_collapsed = collapsed;
    setCount(m_all, int(templates.size()));
    m_setting = false;
    choose(place, chosenFolder);
    setMovable(m_movable);
}

void TemplateFolders::choose(Place place, const QString &folder)
{
    m_setting = true;
    m_wanted = place == Place::Folder && m_items.isEmpty() ? folder : QString();
    QTreeWidgetItem *item = place == Place::Removed ? m_removed
        : place == Place::Folder                    ? m_items.value(folder, m_all)
                                                    : m_all;
    setCurrentItem(item);
    m_setting = false;
}

TemplateFolders::Place TemplateFolders::place() const
{
    return m_wanted.isEmpty() ? placeOf(currentItem()) : Place::Folder;
}

QString TemplateFolders::folder() const { return m_wanted.isEmpty() ? folderOf(currentItem()) : m_wanted; }

void TemplateFolders::setMovable(bool movable)
{
    m_movable = movable;
    setDragEnabled(movable);
    setAcceptDrops(movable);
    setDropIndicatorShown(movable);
    setDragDropMode(movable ? QAbstractItemView::DragDrop : QAbstractItemView::NoDragDrop);
    for (QTreeWidgetItem *item : {m_all, m_removed})
        item->setFlags(item->flags() & ~Qt::ItemIsDragEnabled);
}

QStringList TemplateFolders::collapsed() const { return QStringList(m_collapsed.begin(), m_collapsed.end()); }

void TemplateFolders::setCollapsed(const QStringList &folders)
{
    m_collapsed = QSet<QString>(folders.begin(), folders.end());
    const QSet<QString> wanted = m_collapsed;
    for (auto it = m_items.cbegin(); it != m_items.cend(); ++it)
        it.value()->setExpanded(!wanted.contains(it.key()));
    m_collapsed = wanted;
}

QStringList TemplateFolders::mimeTypes() const
{
    return {QString::fromLatin1(mimeType), QString::fromLatin1(folderMime)};
}

QMimeData *TemplateFolders::mimeData(const QList<QTreeWidgetItem *> &items) const
{
    if (items.isEmpty() || placeOf(items.first()) != Place::Folder)
        return nullptr;
    auto *data = new QMimeData;
    data->setData(QString::fromLatin1(folderMime), folderOf(items.first()).toUtf8());
    return data;
}

// Templates go into any folder or to the top; a folder goes anywhere but into itself.
bool TemplateFolders::mayDrop(const QDropEvent *event, QTreeWidgetItem *on) const
{
    if (!m_movable || !on || placeOf(on) == Place::Removed)
        return false;
    if (event->mimeData()->hasFormat(QString::fromLatin1(mimeType)))
        return true;
    const QString from = QString::fromUtf8(event->mimeData()->data(QString::fromLatin1(folderMime)));
    const QString to = folderOf(on);
    return !from.isEmpty() && to != from && !to.startsWith(from + u'/') && from.section(u'/', 0, -2) != to;
}

void TemplateFolders::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QString &type : mimeTypes())
        if (m_movable && event->mimeData()->hasFormat(type))
            event->acceptProposedAction();
}

void TemplateFolders::dragMoveEvent(QDragMoveEvent *event)
{
    QTreeWidget::dragMoveEvent(event); // scrolls and shows where it would go
    if (mayDrop(event, itemAt(event->position().toPoint())))
        event->acceptProposedAction();
    else
        event->ignore();
}

void TemplateFolders::dropEvent(QDropEvent *event)
{
    QTreeWidgetItem *on = itemAt(event->position().toPoint());
    if (!mayDrop(event, on))
        return event->ignore();
    event->setDropAction(Qt::CopyAction); // nothing leaves by itself: the list is made anew from what the server says
    event->accept();
    const QString to = folderOf(on);
    const QByteArray from = event->mimeData()->data(QString::fromLatin1(folderMime));
    if (!from.isEmpty()) {
        const QString folder = QString::fromUtf8(from), name = folder.section(u'/', -1);
        return Q_EMIT folderDropped(folder, to.isEmpty() ? name : to + u'/' + name);
    }
    QList<QUuid> ids;
    for (const QByteArray &id : event->mimeData()->data(QString::fromLatin1(mimeType)).split('\n'))
        if (const QUuid one = QUuid::fromString(QString::fromLatin1(id)); !one.isNull())
            ids.append(one);
    Q_EMIT templatesDropped(ids, to);
}

bool TemplateFolders::renames(const QKeyEvent *event) const
{
    return event->key() == Qt::Key_F2 && m_movable && place() == Place::Folder;
}

// On the page the same key renames the chosen template: here it is the folder's.
bool TemplateFolders::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && renames(static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QTreeWidget::event(event);
}

void TemplateFolders::keyPressEvent(QKeyEvent *event)
{
    if (renames(event))
        return Q_EMIT renameRequested(folder());
    QTreeWidget::keyPressEvent(event);
}

void TemplateFolders::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    QTreeWidgetItem *item = byKey ? currentItem() : itemAt(event->pos());
    if (placeOf(item) == Place::Folder)
        Q_EMIT menuRequested(folderOf(item),
                             byKey ? viewport()->mapToGlobal(visualItemRect(item).center()) : event->globalPos());
}
