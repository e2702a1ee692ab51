// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>

#include <functional>

// One line of the command palette.
struct PaletteEntry
{
    QString id; // stable, for what was used recently: "go.jobs"
    QString section; // translated heading
    QString icon;
    QString text;
    QString detail;
    QString keys; // portable
    std::function<void()> run;
    bool isAction = false; // what ">" narrows to
    bool onlyWhenSearched = false; // too many to be looked through
};

// How well `query` finds `text`: 0 not at all, more is better. Starts of words count most, then letters in order.
int fuzzyScore(const QString &query, const QString &text);

// The entries that match, best first inside each section, headings between them.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IsHeadingRole = Qt::UserRole + 1, DetailRole, KeysRole, IconRole };
    using QAbstractListModel::QAbstractListModel;

    void setEntries(QList<PaletteEntry> entries) { m_all = std::move(entries); }
    void setRecent(const QStringList &ids) { m_recent = ids; } // newest first
    void find(const QString &query); // ">" at the start: actions only

    const PaletteEntry *entry(int row) const; // nullptr for a heading
    int firstEntry() const;
    int nextEntry(int from, int step) const; // skips headings, goes round

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        QString heading;
        int entry = -1;
    };

    QList<PaletteEntry> m_all;
    QStringList m_recent;
    QList<Row> m_rows;
};
