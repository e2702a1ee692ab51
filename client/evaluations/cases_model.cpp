// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/cases_model.h"

#include "client/evaluations/evaluation_looks.h"

#include <QLocale>

#include <functional>

using namespace Qt::StringLiterals;

class CasesStep : public QUndoCommand
{
public:
    CasesStep(CasesModel &model, const QString &what, QList<CasesModel::Move> moves)
        : QUndoCommand(what),
          m_model(model),
          m_moves(std::move(moves))
    {
    }
    void redo() override { m_model.apply(m_moves, true); }
    void undo() override { m_model.apply(m_moves, false); }

private:
    CasesModel &m_model;
    QList<CasesModel::Move> m_moves;
};

CasesModel::CasesModel(QObject *parent) : QAbstractTableModel(parent)
{
    connect(&m_undo, &QUndoStack::indexChanged, this, &CasesModel::changed);
}

// ---- what there is

void CasesModel::setCases(const QList<EvaluationCase> &cases)
{
    beginResetModel();
    m_undo.clear();
    m_rows.clear();
    m_bases.clear();
    m_columns.clear();
    for (auto it = m_types.cbegin(); it != m_types.cend(); ++it)
        m_columns << it.key();
    m_columns.sort();
    for (const EvaluationCase &one : cases) {
        m_rows.append(fresh(CaseContent::of(one)));
        m_bases.insert(m_rows.last().key, one);
        for (auto it = one.variables.begin(); it != one.variables.end(); ++it)
            if (!m_columns.contains(it.key()))
                m_columns << it.key();
    }
    endResetModel();
    Q_EMIT changed();
}

void CasesModel::append(const QList<EvaluationCase> &cases)
{
    if (cases.isEmpty())
        return;
    for (const EvaluationCase &one : cases)
        noteColumns(one.variables);
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + cases.size()) - 1);
    for (const EvaluationCase &one : cases) {
        m_rows.append(fresh(CaseContent::of(one)));
        m_bases.insert(m_rows.last().key, one);
    }
    endInsertRows();
}

void CasesModel::setSchema(const QJsonObject &schema)
{
    const QJsonObject properties = schema.value(u"properties"_s).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        m_types.insert(it.key(), it.value().toObject().value(u"type"_s).toString());
        addColumn(it.key());
    }
}

void CasesModel::setEditable(bool editable)
{
    beginResetModel();
    m_isEditable = editable;
    endResetModel();
}

void CasesModel::addColumn(const QString &name)
{
    if (name.isEmpty() || name.startsWith(u'/') || m_columns.contains(name))
        return;
    const int at = int(m_columns.size());
    beginInsertColumns({}, at, at);
    m_columns << name;
    endInsertColumns();
}

void CasesModel::noteColumns(const QJsonObject &variables)
{
    for (auto it = variables.begin(); it != variables.end(); ++it)
        addColumn(it.key());
}

int CasesModel::columnOf(const QString &name) const
{
    for (int column = 0; column < columnCount(); ++column)
        if (columnName(column) == name)
            return column;
    return -1;
}

QString CasesModel::columnName(int column) const
{
    if (column < m_columns.size())
        return m_columns.value(column);
    return column == m_columns.size() ? caseColumns::expected : caseColumns::tags;
}

std::optional<EvaluationCase> CasesModel::caseAt(int row) const
{
    const auto base = m_bases.constFind(m_rows[row].key);
    return base == m_bases.cend() ? std::nullopt : std::optional(*base);
}

int CasesModel::rowOfNumber(int number) const
{
    for (int row = 0; row < m_rows.size(); ++row)
        if (m_bases.value(m_rows[row].key).number == number)
            return row;
    return -1;
}

// ---- what a person does

void CasesModel::push(const QString &what, const QList<Move> &moves)
{
    if (!moves.isEmpty())
        m_undo.push(new CasesStep(*this, what, moves));
}

void CasesModel::apply(const QList<Move> &moves, bool forwards)
{
    if (forwards) {
        for (const Move &move : moves)
            apply(move.at, move.before, move.after);
        return;
    }
    for (auto move = moves.crbegin(); move != moves.crend(); ++move)
        apply(move->at, move->after, move->before);
}

void CasesModel::apply(int at, const std::optional<Row> &before, const std::optional<Row> &after)
{
    if (after)
        noteColumns(after->content.variables);
    if (!before) {
        beginInsertRows({}, at, at);
        m_rows.insert(at, *after);
        endInsertRows();
    } else if (!after) {
        beginRemoveRows({}, at, at);
        m_rows.removeAt(at);
        endRemoveRows();
    } else {
        m_rows[at] = *after;
        Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
    }
}

void CasesModel::insertCases(int row, const QList<CaseContent> &cases, const QString &what)
{
    QList<Move> moves;
    for (const CaseContent &content : cases)
        moves.append(Move{row + int(moves.size()), {}, fresh(content)});
    push(what, moves);
}

void CasesModel::removeCases(QList<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater());
    QList<Move> moves;
    for (const int row : std::as_const(rows))
        moves.append(Move{row, m_rows[row], {}});
    push(tr("Remove %n case(s)", nullptr, int(rows.size())), moves);
}

void CasesModel::duplicate(const QList<int> &rows)
{
    if (rows.isEmpty())
        return;
    QList<CaseContent> contents;
    for (const int row : rows)
        contents << m_rows[row].content;
    insertCases(*std::max_element(rows.begin(), rows.end()) + 1, contents,
                tr("Duplicate %n case(s)", nullptr, int(rows.size())));
}

void CasesModel::paste(int row, int column, const QList<QStringList> &cells)
{
    QList<Move> moves;
    int count = int(m_rows.size());
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const int at = row + int(i);
        const bool isNew = at >= count;
        CaseContent content = isNew ? CaseContent{} : m_rows[at].content;
        for (qsizetype j = 0; j < cells[i].size() && column + j < columnCount(); ++j) {
            const QString name = columnName(column + int(j));
            setCellText(content, name, cells[i][j], m_types.value(name));
        }
        if (isNew)
            moves.append(Move{count++, {}, fresh(content)});
        else if (!(content == m_rows[at].content))
            moves.append(Move{at, m_rows[at], Row{m_rows[at].key, content}});
    }
    push(tr("Paste"), moves);
}

void CasesModel::clearCells(const QModelIndexList &cells)
{
    QMap<int, CaseContent> contents;
    for (const QModelIndex &cell : cells) {
        if (!contents.contains(cell.row()))
            contents.insert(cell.row(), m_rows[cell.row()].content);
        setCellText(contents[cell.row()], columnName(cell.column()), {});
    }
    QList<Move> moves;
    for (auto it = contents.cbegin(); it != contents.cend(); ++it)
        if (!(it.value() == m_rows[it.key()].content))
            moves.append(Move{it.key(), m_rows[it.key()], Row{m_rows[it.key()].key, it.value()}});
    push(tr("Clear cells"), moves);
}

void CasesModel::setContent(int row, const CaseContent &content, const QString &what)
{
    if (!(content == m_rows[row].content))
        push(what, {Move{row, m_rows[row], Row{m_rows[row].key, content}}});
}

bool CasesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || !m_isEditable)
        return false;
    CaseContent content = m_rows[index.row()].content;
    const QString name = columnName(index.column());
    if (cellText(content, name) == value.toString())
        return true;
    setCellText(content, name, value.toString(), m_types.value(name));
    setContent(index.row(), content, tr("Edit a cell"));
    return true;
}

// ---- as a table

int CasesModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int CasesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size()) + 2;
}

bool CasesModel::isCellChanged(const Row &row, const QString &column) const
{
    const auto base = m_bases.constFind(row.key);
    return base == m_bases.cend() || cellText(CaseContent::of(*base), column) != cellText(row.content, column);
}

QVariant CasesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[index.row()];
    const QString column = columnName(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return cellText(row.content, column);
    case Qt::AccessibleTextRole: {
        const QString text = cellText(row.content, column);
        const QString shown = text.isEmpty() ? tr("empty", "a cell") : text;
        return m_isEditable && isCellChanged(row, column) ? tr("%1, not saved").arg(shown) : shown;
    }
    case ChangedRole:
        return m_isEditable && isCellChanged(row, column);
    case ColumnNameRole:
        return column;
    default:
        return {};
    }
}

QVariant CasesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (orientation == Qt::Vertical) {
        const auto base = section < m_rows.size() ? m_bases.constFind(m_rows[section].key) : m_bases.cend();
        return base == m_bases.cend() ? tr("new", "a case") : QLocale().toString(base->number);
    }
    const QString name = columnName(section);
    return name == caseColumns::expected ? tr("Expected output") : name == caseColumns::tags ? tr("Tags") : name;
}

Qt::ItemFlags CasesModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags read = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.isValid() && m_isEditable ? read | Qt::ItemIsEditable : read;
}

void CasesModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_rows.isEmpty())
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
}
