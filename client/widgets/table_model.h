// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QDateTime>
#include <QHash>
#include <QLocale>
#include <QSet>
#include <QThreadPool>

#include <algorithm>
#include <concepts>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>
#include <type_traits>
#include <vector>

// How the delegate draws a cell.
enum class CellKind {
    Text, // body
    Strong, // the name of the row
    Muted, // secondary
    Mono, // ids
    Number, // tabular digits, to the right
    Status, // a chip; the column's `extra` gives a StatusLook
    Person, // avatar and name; `extra` gives a PersonLook
    Progress, // bar while running, otherwise the text as a Number; `extra` gives a ProgressLook or nothing
    Share // text and a bar of what is used; `extra` gives a ShareLook, or nothing: then the text alone
};

// One column: what it shows and how it sorts. Made by column() below.
template<class Row> struct TableColumn
{
    QString id; // stable: names the column in saved views
    QString title; // renewed by setTitles() when the language changes
    CellKind kind = CellKind::Text;
    int width = 120; // first width, in pixels at 100 % text size
    std::function<QString(const Row &)> text;
    std::function<QVariant(const Row &)> extra;
    std::function<bool(const Row &, const Row &)> less;
    // Brings places in `rows` into the order of less(), those that are equal left as they stand; asks each row once.
    std::function<void(const std::vector<Row> &rows, std::vector<int> &places, Qt::SortOrder order)> arrange;
    std::function<QList<StatusLook>()> choices; // of a Status column: it is as wide as the widest, in any language
    bool hidden = false; // not shown until chosen
    bool stretches = false; // takes the room that is left; never less than its width
};

template<class Key> bool keyLess(const Key &a, const Key &b)
{
    if constexpr (std::is_same_v<Key, QString>)
        return QString::localeAwareCompare(a, b) < 0;
    else
        return a < b;
}

// Places of rows by their keys, each read once: what would be compared two million times is a number then.
template<class Row, class Key>
void sortByKey(const Key &key, const std::vector<Row> &rows, std::vector<int> &places, Qt::SortOrder order)
{
    using Value = std::decay_t<std::invoke_result_t<Key, const Row &>>;
    const auto sorted = [&](auto &keyed) {
        const bool down = order == Qt::DescendingOrder;
        std::stable_sort(keyed.begin(), keyed.end(),
                         [down](const auto &a, const auto &b) { return down ? b.first < a.first : a.first < b.first; });
        std::transform(keyed.begin(), keyed.end(), places.begin(), [](const auto &one) { return one.second; });
    };
    if constexpr (std::is_same_v<Value, QString>) {
        QHash<QString, int> ranks; // texts of a column repeat themselves
        for (const int place : places)
            ranks.insert(std::invoke(key, rows[std::size_t(place)]), 0);
        const QCollator collator;
        std::vector<std::pair<QCollatorSortKey, QString>> texts;
        texts.reserve(std::size_t(ranks.size()));
        for (auto it = ranks.cbegin(); it != ranks.cend(); ++it)
            texts.emplace_back(collator.sortKey(it.key()), it.key());
        std::sort(texts.begin(), texts.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        int rank = 0;
        for (std::size_t i = 0; i < texts.size(); ++i)
            ranks[texts[i].second] = i > 0 && texts[i - 1].first < texts[i].first ? ++rank : rank;
        std::vector<std::pair<int, int>> keyed;
        keyed.reserve(places.size());
        for (const int place : places)
            keyed.emplace_back(ranks.value(std::invoke(key, rows[std::size_t(place)])), place);
        sorted(keyed);
    } else if constexpr (std::is_same_v<Value, QDateTime>) {
        std::vector<std::pair<qint64, int>> keyed;
        keyed.reserve(places.size());
        for (const int place : places) {
            const QDateTime &time = std::invoke(key, rows[std::size_t(place)]);
            keyed.emplace_back(time.isValid() ? time.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min(), place);
        }
        sorted(keyed);
    } else {
        std::vector<std::pair<Value, int>> keyed;
        keyed.reserve(places.size());
        for (const int place : places)
            keyed.emplace_back(std::invoke(key, rows[std::size_t(place)]), place);
        sorted(keyed);
    }
}

// A column whose text is made from `key`, which also sorts it: a member pointer or a function of the row.
//   column<Job>("tokens", tr("Tokens"), &Job::tokens, CellKind::Number, 80)
template<class Row, class Key>
TableColumn<Row> column(const QString &id, const QString &title, Key key, CellKind kind = CellKind::Text,
                        int width = 120)
{
    using Value = std::decay_t<std::invoke_result_t<Key, const Row &>>;
    TableColumn<Row> column{
        .id = id, .title = title, .kind = kind, .width = width, .text = {}, .extra = {}, .less = {}, .arrange = {}};
    column.text = [key](const Row &row) -> QString {
        const Value &value = std::invoke(key, row);
        if constexpr (std::is_same_v<Value, QString>)
            return value;
        else if constexpr (std::is_arithmetic_v<Value>)
            return QLocale().toString(value);
        else
            return QVariant::fromValue(value).toString();
    };
    column.less = [key](const Row &a, const Row &b) {
        return keyLess<Value>(std::invoke(key, a), std::invoke(key, b));
    };
    column.arrange = [key](const std::vector<Row> &rows, std::vector<int> &places, Qt::SortOrder order) {
        sortByKey<Row>(key, rows, places, order);
    };
    return column;
}

// The same with its own text: `key` sorts, `text` shows.
template<class Row, class Key, class Text>
TableColumn<Row> column(const QString &id, const QString &title, Key key, Text text, CellKind kind, int width)
{
    auto made = column<Row>(id, title, key, kind, width);
    made.text = text;
    return made;
}

// What tables need to know of a model without knowing its rows.
class TableModelBase : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        KindRole = Qt::UserRole + 1, // CellKind as int
        ExtraRole, // StatusLook, PersonLook, ProgressLook, ShareLook
        ColumnIdRole, // header: QString
        WidthRole, // header: int
        ChoicesRole, // header: QList<StatusLook>
        HiddenRole, // header: bool
        StretchRole // header: bool
    };
    using QAbstractTableModel::QAbstractTableModel;

    virtual void sortBy(int column, Qt::SortOrder order) = 0;
    // New rows wait while the person looks at something; see DataTable's pill.
    virtual void setHoldsNewRows(bool hold) = 0;
    virtual int heldRows() const = 0;
    virtual void releaseHeldRows() = 0;
    virtual int totalRows() const = 0; // also those hidden by the filter

Q_SIGNALS:
    void heldRowsChanged(int count);
};

// A list of typed rows shown as a table. A subclass only names its columns. Rows need a member `id` that has qHash()
// and operator==. Sorting and filtering work on the typed rows through a permutation of indexes, which for 100,000 rows
// is dozens of times faster than a proxy model over display texts. Models do not call the network.
template<class Row> class TableModel : public TableModelBase
{
public:
    using Column = TableColumn<Row>;
    using Id = std::decay_t<decltype(Row::id)>;

    explicit TableModel(QList<Column> columns, QObject *parent = nullptr)
        : TableModelBase(parent),
          m_columns(std::move(columns))
    {
    }

    const Row &row(const QModelIndex &index) const { return m_rows[std::size_t(m_visible[std::size_t(index.row())])]; }
    const Row &row(int visible) const { return m_rows[std::size_t(m_visible[std::size_t(visible)])]; }
    const Row *find(const Id &id) const
    {
        const auto at = m_index.constFind(id);
        return at == m_index.cend() ? nullptr : &m_rows[std::size_t(*at)];
    }
    // Where the row is shown; invalid when it is unknown or hidden by the filter.
    QModelIndex indexOf(const Id &id, int column = 0) const
    {
        const auto at = m_index.constFind(id);
        const int position = at == m_index.cend() ? -1 : m_position[std::size_t(*at)];
        return position < 0 ? QModelIndex() : index(position, column);
    }
    const std::vector<Row> &rows() const { return m_rows; }
    int totalRows() const override { return int(m_rows.size()); }

    // Replaces everything.
    void setRows(std::vector<Row> rows)
    {
        beginResetModel();
        // To free a hundred thousand rows takes some frames: another thread does it.
        auto before = std::make_shared<std::vector<Row>>(std::exchange(m_rows, std::move(rows)));
        if (before->size() > freedAtOnce)
            QThreadPool::globalInstance()->start([last = std::move(before)]() mutable { last.reset(); });
        m_rank.resize(m_rows.size());
        std::iota(m_rank.begin(), m_rank.end(), 0);
        m_firstRank = 0;
        m_held.clear();
        reindex();
        arrange();
        endResetModel();
        Q_EMIT heldRowsChanged(0);
    }
    void setRows(const QList<Row> &rows) { setRows(std::vector<Row>(rows.begin(), rows.end())); }

    // Adds older rows at the end, as pages of a list arrive. Rows that are known already are brought up to date.
    void append(const QList<Row> &rows) { put(rows, false); }

    // Brings a row up to date in its place, or inserts it where the sorting wants it (first, when nothing is sorted). A
    // known row does not move, so that nothing jumps under the pointer; resort() moves it.
    void put(const Row &row) { put({row}, true); }
    // Many together, the last one first: one step for the table where they stand beside each other.
    void put(const QList<Row> &rows) { put(rows, true); }

    void remove(const Id &id) { remove(QList<Id>{id}); }
    void remove(const QList<Id> &ids)
    {
        const QSet<Id> leaving(ids.begin(), ids.end());
        const auto leaves = [&](const Row &row) { return leaving.contains(row.id); };
        if (const auto held = std::remove_if(m_held.begin(), m_held.end(), leaves); held != m_held.end()) {
            m_held.erase(held, m_held.end());
            Q_EMIT heldRowsChanged(heldRows());
        }
        QList<Id> known;
        std::copy_if(leaving.begin(), leaving.end(), std::back_inserter(known),
                     [this](const Id &id) { return m_index.contains(id); });
        if (known.size() > removedOneByOne)
            return removeMany(known);
        for (const Id &id : known)
            removeOne(m_index.value(id));
    }

    // Shows only the rows for which `filter` is true; an empty function shows all.
    void setFilter(std::function<bool(const Row &)> filter)
    {
        m_filter = std::move(filter);
        rearrange();
    }
    void sortBy(int column, Qt::SortOrder order) override
    {
        const bool sortable = column >= 0 && column < m_columns.size() && m_columns.at(column).less;
        m_sortColumn = sortable ? column : -1;
        m_sortOrder = order;
        rearrange();
    }
    void sort(int column, Qt::SortOrder order) override { sortBy(column, order); }
    void resort() { rearrange(); }

    void setHoldsNewRows(bool hold) override
    {
        m_holds = hold;
        if (!hold)
            releaseHeldRows();
    }
    int heldRows() const override { return int(m_held.size()); }
    void releaseHeldRows() override
    {
        if (m_held.empty())
            return;
        const bool holds = std::exchange(m_holds, false);
        const std::vector<Row> held = std::exchange(m_held, {});
        put(QList<Row>(held.begin(), held.end()), true);
        m_holds = holds;
        Q_EMIT heldRowsChanged(0);
    }

    // After a change of language: the same columns, other titles and texts.
    void setTitles(const QStringList &titles)
    {
        for (int i = 0; i < std::min(int(titles.size()), int(m_columns.size())); ++i)
            m_columns[i].title = titles[i];
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (!m_visible.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_visible.size()); }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_columns.size());
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const Column &column = m_columns.at(index.column());
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row(index));
        case Qt::AccessibleTextRole:
            return accessibleText(column, row(index));
        case Qt::TextAlignmentRole:
            return int(isRight(column) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
        case KindRole:
            return int(column.kind);
        case ExtraRole:
            return column.extra ? column.extra(row(index)) : QVariant();
        default:
            return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
            return {};
        const Column &column = m_columns.at(section);
        switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return column.title;
        case Qt::TextAlignmentRole:
            return int(isRight(column) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
        case ColumnIdRole:
            return column.id;
        case WidthRole:
            return column.width;
        case ChoicesRole:
            return column.choices ? QVariant::fromValue(column.choices()) : QVariant();
        case HiddenRole:
            return column.hidden;
        case StretchRole:
            return column.stretches;
        default:
            return {};
        }
    }

private:
    static bool isRight(const Column &column)
    {
        return column.kind == CellKind::Number || column.kind == CellKind::Progress || column.kind == CellKind::Share;
    }

    static QString accessibleText(const Column &column, const Row &row)
    {
        const QVariant extra = column.extra ? column.extra(row) : QVariant();
        if (extra.canConvert<StatusLook>())
            return extra.value<StatusLook>().label;
        if (extra.canConvert<ProgressLook>())
            return extra.value<ProgressLook>().text;
        if (extra.canConvert<ShareLook>() && !extra.value<ShareLook>().spoken.isEmpty())
            return extra.value<ShareLook>().spoken;
        return column.text(row);
    }

    static constexpr int insertedInRuns = 8; // more places than this: the whole table is arranged anew
    static constexpr int removedOneByOne = 4;
    static constexpr std::size_t freedAtOnce = 5000;

    void put(const QList<Row> &rows, bool first)
    {
        const int fresh = int(m_rows.size());
        const int heldBefore = heldRows();
        for (const Row &row : rows) {
            if (const auto known = m_index.constFind(row.id); known != m_index.cend()) {
                *known < fresh ? replace(*known, row) : void(m_rows[std::size_t(*known)] = row);
                continue;
            }
            const auto held = std::find_if(m_held.begin(), m_held.end(), [&](const Row &r) { return r.id == row.id; });
            if (held != m_held.end()) {
                *held = row;
            } else if (m_holds && first) {
                m_held.push_back(row);
            } else {
                m_index.insert(row.id, int(m_rows.size()));
                m_rank.push_back(first ? --m_firstRank : qint64(m_rows.size()));
                m_rows.push_back(row);
                m_position.push_back(-1);
            }
        }
        if (heldRows() != heldBefore)
            Q_EMIT heldRowsChanged(heldRows());
        show(fresh, first);
    }

    // Gives the rows from `fresh` on their places among what is shown.
    void show(int fresh, bool first)
    {
        std::vector<int> shown;
        for (int at = fresh; at < int(m_rows.size()); ++at)
            if (!m_filter || m_filter(m_rows[std::size_t(at)]))
                shown.push_back(at);
        if (shown.empty())
            return;
        struct Run
        {
            int place;
            std::vector<int> rows;
        };
        std::vector<Run> runs;
        if (m_sortColumn < 0) {
            if (first)
                std::reverse(shown.begin(), shown.end());
            runs.push_back({first ? 0 : int(m_visible.size()), std::move(shown)});
        } else {
            std::stable_sort(shown.begin(), shown.end(),
                             [this](int a, int b) { return before(m_rows[std::size_t(a)], m_rows[std::size_t(b)]); });
            for (const int at : shown) {
                const Row &row = m_rows[std::size_t(at)];
                const auto place = std::upper_bound(m_visible.begin(), m_visible.end(), -1, [&](int, int other) {
                    return before(row, m_rows[std::size_t(other)]);
                });
                const int position = int(place - m_visible.begin());
                if (runs.empty() || runs.back().place != position)
                    runs.push_back({position, {}});
                runs.back().rows.push_back(at);
            }
        }
        if (runs.size() > insertedInRuns)
            return rearrange();
        for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
            beginInsertRows({}, run->place, run->place + int(run->rows.size()) - 1);
            m_visible.insert(m_visible.begin() + run->place, run->rows.begin(), run->rows.end());
            locate(run->place);
            endInsertRows();
        }
    }

    void removeOne(int at)
    {
        const int position = m_position[std::size_t(at)];
        if (position >= 0)
            beginRemoveRows({}, position, position);
        m_index.remove(m_rows[std::size_t(at)].id);
        m_rows.erase(m_rows.begin() + at);
        m_rank.erase(m_rank.begin() + at);
        m_position.erase(m_position.begin() + at);
        if (position >= 0)
            m_visible.erase(m_visible.begin() + position);
        for (int &index : m_visible)
            index -= index > at;
        for (int &index : m_index)
            index -= index > at;
        locate(std::max(position, 0));
        if (position >= 0)
            endRemoveRows();
    }

    void removeMany(const QList<Id> &ids)
    {
        rearrange([&] {
            std::vector<char> leaves(m_rows.size(), 0);
            for (const Id &id : ids)
                leaves[std::size_t(m_index.value(id))] = 1;
            std::size_t kept = 0;
            for (std::size_t at = 0; at < m_rows.size(); ++at) {
                if (leaves[at])
                    continue;
                if (kept != at) {
                    m_rows[kept] = std::move(m_rows[at]);
                    m_rank[kept] = m_rank[at];
                }
                ++kept;
            }
            m_rows.erase(m_rows.begin() + std::ptrdiff_t(kept), m_rows.end());
            m_rank.resize(kept);
            reindex();
        });
    }

    void replace(int at, const Row &row)
    {
        m_rows[std::size_t(at)] = row;
        const int position = m_position[std::size_t(at)];
        const bool shown = !m_filter || m_filter(row);
        if (position >= 0 && shown)
            Q_EMIT dataChanged(index(position, 0), index(position, columnCount() - 1));
        else if (shown != (position >= 0))
            rearrange();
    }

    bool before(const Row &a, const Row &b) const
    {
        const auto &less = m_columns.at(m_sortColumn).less;
        return m_sortOrder == Qt::AscendingOrder ? less(a, b) : less(b, a);
    }

    void reindex()
    {
        m_index.clear();
        m_index.reserve(qsizetype(m_rows.size()));
        for (int i = 0; i < int(m_rows.size()); ++i)
            m_index.insert(m_rows[std::size_t(i)].id, i);
    }

    // m_visible anew from rows, filter and sorting.
    void arrange()
    {
        m_visible.clear();
        m_visible.reserve(m_rows.size());
        for (int i = 0; i < int(m_rows.size()); ++i) {
            if (!m_filter || m_filter(m_rows[std::size_t(i)]))
                m_visible.push_back(i);
        }
        if (m_firstRank < 0)
            std::sort(m_visible.begin(), m_visible.end(),
                      [this](int a, int b) { return m_rank[std::size_t(a)] < m_rank[std::size_t(b)]; });
        if (m_sortColumn >= 0)
            m_columns.at(m_sortColumn).arrange(m_rows, m_visible, m_sortOrder);
        m_position.assign(m_rows.size(), -1);
        locate();
    }

    // What is shown from this position on; hidden rows keep their -1.
    void locate(int from = 0)
    {
        for (int i = from; i < int(m_visible.size()); ++i)
            m_position[std::size_t(m_visible[std::size_t(i)])] = i;
    }

    // arrange() for a model that is being looked at: selection and current row stay with their rows.
    void rearrange(const std::function<void()> &change = {})
    {
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        std::vector<Id> rows;
        for (const QModelIndex &index : before)
            rows.push_back(row(index).id);
        if (change)
            change();
        arrange();
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i)
            after << indexOf(rows[std::size_t(i)], before[i].column());
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    QList<Column> m_columns;
    std::vector<Row> m_rows;
    std::vector<Row> m_held;
    std::vector<int> m_visible; // shown position → place in m_rows
    std::vector<int> m_position; // place in m_rows → shown position, or -1
    std::vector<qint64> m_rank; // place in m_rows → order when nothing is sorted
    qint64 m_firstRank = 0;
    QHash<Id, int> m_index;
    std::function<bool(const Row &)> m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_holds = false;
};
