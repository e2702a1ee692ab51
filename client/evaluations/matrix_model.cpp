// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/matrix_model.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/amounts.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostCaseText = 200;

bool isComparable(const std::optional<CellChange> &change) { return change && *change != CellChange::Incomparable; }

} // namespace

MatrixModel::MatrixModel(QObject *parent) : QAbstractTableModel(parent) { }

void MatrixModel::setColumns(const QList<RunColumn> &columns)
{
    if (columns.size() == m_columns.size()) {
        m_columns = columns;
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        return;
    }
    beginResetModel();
    m_columns = columns;
    endResetModel();
}

void MatrixModel::setComparison(const std::optional<RunComparison> &comparison)
{
    m_comparison = comparison;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void MatrixModel::setRows(const QList<RunRow> &rows)
{
    beginResetModel();
    m_rows.clear();
    m_index.clear();
    for (const RunRow &row : rows) {
        m_index.insert(row.caseId, int(m_rows.size()));
        m_rows.append(row);
    }
    endResetModel();
}

void MatrixModel::append(const QList<RunRow> &rows)
{
    QList<RunRow> fresh;
    for (const RunRow &row : rows)
        if (!m_index.contains(row.caseId))
            fresh.append(row);
    update(rows);
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + fresh.size()) - 1);
    for (const RunRow &row : std::as_const(fresh)) {
        m_index.insert(row.caseId, int(m_rows.size()));
        m_rows.append(row);
    }
    endInsertRows();
}

void MatrixModel::update(const QList<RunRow> &rows)
{
    for (const RunRow &row : rows) {
        const int at = m_index.value(row.caseId, -1);
        if (at < 0)
            continue;
        m_rows[at] = row;
        Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
    }
}

const RunCell *MatrixModel::cell(const QModelIndex &index) const
{
    const int column = index.column() - 1;
    if (!index.isValid() || column < 0 || column >= m_rows[index.row()].cells.size())
        return nullptr;
    return &m_rows[index.row()].cells[column];
}

std::optional<ColumnComparison> MatrixModel::comparison(int column) const
{
    if (m_comparison)
        for (const ColumnComparison &one : m_comparison->columns)
            if (one.column == column)
                return one;
    return {};
}

int MatrixModel::rowOfNumber(int number) const
{
    for (int row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].number == number)
            return row;
    return -1;
}

QString MatrixModel::caseText(const RunRow &row)
{
    QStringList parts;
    for (auto it = row.variables.begin(); it != row.variables.end(); ++it)
        parts << (row.variables.size() == 1 ? plainValue(it.value())
                                            : u"%1: %2"_s.arg(it.key(), plainValue(it.value())));
    return parts.join(u", "_s).left(mostCaseText).simplified();
}

QString MatrixModel::cellText(const RunCell &cell) const
{
    if (cell.outcome == CellOutcome::Pending && cell.done == 0)
        return u"…"_s;
    QString text = cell.score ? shownScore(cell.score) : lookOf(cell.outcome).label;
    if (m_repeats > 1 && cell.score)
        text += u"  "_s + tr("%1/%2", "answers that passed").arg(cell.passed).arg(cell.answers);
    return text;
}

QString MatrixModel::spoken(const RunCell &cell) const
{
    QStringList parts{lookOf(cell.outcome).label};
    if (cell.score)
        parts << tr("score %1").arg(shownScore(cell.score));
    if (m_repeats > 1)
        parts << tr("%1 of %2 answers passed").arg(amounts::count(cell.passed), amounts::count(cell.answers));
    if (cell.change)
        parts << lookOf(*cell.change).label;
    if (isComparable(cell.change) && cell.baselineScore)
        parts << tr("before %1").arg(shownScore(cell.baselineScore));
    return parts.join(u", "_s);
}

int MatrixModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int MatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size()) + 1;
}

QVariant MatrixModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunRow &row = m_rows[index.row()];
    const RunCell *found = cell(index);
    switch (role) {
    case Qt::DisplayRole:
        return found ? cellText(*found) : index.column() == 0 ? caseText(row) : QString();
    case Qt::AccessibleTextRole:
        return found ? spoken(*found) : tr("Case %1: %2").arg(QLocale().toString(row.number), caseText(row));
    case Qt::ToolTipRole: {
        if (!found)
            return caseText(row);
        const QString note = found->note;
        return note.isEmpty() ? spoken(*found) : spoken(*found) + u'\n' + note;
    }
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    if (section == 0)
        return tr("Case");
    const RunColumn column = m_columns.value(section - 1);
    if (role == Qt::DisplayRole)
        return shownColumn(column);
    QStringList parts{shownColumn(column), tr("score %1").arg(shownScore(column.score)),
                      tr("%1 of %2 passed").arg(amounts::count(column.passed), amounts::count(column.answers))};
    if (const auto compared = comparison(column.column))
        parts << tr("%n regression(s)", nullptr, compared->regressions)
              << tr("%n improvement(s)", nullptr, compared->improvements);
    return parts.join(u", "_s);
}

void MatrixModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}
