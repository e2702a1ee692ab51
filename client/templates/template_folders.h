// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/template.h"

#include <QSet>
#include <QTreeWidget>

// The folders of the templates as a tree, with how many are in each; before them all templates, after them those that
// were removed. Templates and folders may be dropped on a folder.
class TemplateFolders : public QTreeWidget
{
    Q_OBJECT

public:
    enum class Place { All, Folder, Removed };
    static constexpr auto mimeType = "application/x-patio-templates"; // ids, one a line

    explicit TemplateFolders(QWidget *parent = nullptr);

    void setTemplates(const QList<PromptTemplate> &templates);
    void choose(Place place, const QString &folder = {}); // silently; a folder that is gone: all
    Place place() const;
    QString folder() const; // of the place; empty unless it is one
    void setMovable(bool movable);
    QStringList collapsed() const;
    void setCollapsed(const QStringList &folders);
    void retranslate();

Q_SIGNALS:
    void chosen();
    void renameRequested(const QString &folder);
    void menuRequested(const QString &folder, const QPoint &globalPosition);
    void folderDropped(const QString &from, const QString &to);
    void templatesDropped(const QList<QUuid> &ids, const QString &folder);

protected:
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QList<QTreeWidgetItem *> &items) const override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyboardSearch(const QString &) override { } // letters are shortcuts

private:
    QTreeWidgetItem *add(QTreeWidgetItem *parent, Place place, const QString &folder);
    void setCount(QTreeWidgetItem *item, int count);
    bool mayDrop(const QDropEvent *event, QTreeWidgetItem *on) const;
    bool renames(const QKeyEvent *event) const;
    static Place placeOf(const QTreeWidgetItem *item);
    static QString folderOf(const QTreeWidgetItem *item);

    QHash<QString, QTreeWidgetItem *> m_items;
    QTreeWidgetItem *m_all;
    QTreeWidgetItem *m_removed;
    QSet<QString> m_collapsed;
    QString m_wanted; // chosen before it was known
    bool m_movable = false;
    bool m_setting = false;
};
