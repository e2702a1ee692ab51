// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/case_content.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QUndoStack>

// The cases of a dataset as a grid: a column for each variable, the expected output, tags. Everything that a person
// does can be undone until the dataset is closed, also after saving. Knows what differs from the server's cases; does
// not call it.
class CasesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { ChangedRole = Qt::UserRole + 1, ColumnNameRole };

    explicit CasesModel(QObject *parent = nullptr);

    void setCases(const QList<EvaluationCase> &cases); // of the server; forgets all changes
    void append(const QList<EvaluationCase> &cases); // further ones of the server
    void setSchema(const QJsonObject &schema); // of a template: its variables become columns
    void setEditable(bool editable);

    QStringList columns() const { return m_columns; } // of variables
    void addColumn(const QString &name);
    int columnOf(const QString &name) const; // -1: none
    QString columnName(int column) const; // of a variable, or of caseColumns
    const CaseContent &content(int row) const { return m_rows[row].content; }
    std::optional<EvaluationCase> caseAt(int row) const; // of the server; nothing: new
    int rowOfNumber(int number) const;

    // What a person does; each is one step to undo.
    void insertCases(int row, const QList<CaseContent> &cases, const QString &what);
    void removeCases(QList<int> rows);
    void duplicate(const QList<int> &rows);
    void paste(int row, int column, const QList<QStringList> &cells); // adds rows where they end
    void clearCells(const QModelIndexList &cells);
    void setContent(int row, const CaseContent &content, const QString &what);
    QUndoStack &undoStack() { return m_undo; }

    bool isChanged() const;
    int changeCount() const; // cases that were added, changed or removed
    // At most `most` of each kind; the rest goes into another edit.
    CasesEdit edit(int most);
    void saved(const CasesEdit &edit, const CasesEdited &answer);
    // Takes what others have saved meanwhile, and keeps what was changed here; what contradicts is returned, and theirs
    // shows there.
    QList<CellConflict> take(const QList<EvaluationCase> &theirs);
    void decide(const QList<CellConflict> &conflicts); // shows mine where the person wants it
    // What is not saved, with what it is based on; comes back on the server's cases, together with what others did.
    QJsonObject draft();
    QList<CellConflict> restore(const QJsonObject &draft, const QList<EvaluationCase> &theirs);
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changed(); // isChanged(), or what may be undone

private:
    struct Row
    {
        int key = 0; // of this sitting
        CaseContent content;
    };
    // One row of a step to undo: put in, taken out, or replaced.
    struct Move
    {
        int at = 0;
        std::optional<Row> before;
        std::optional<Row> after;
    };
    friend class CasesStep;

    void push(const QString &what, const QList<Move> &moves);
    void apply(const QList<Move> &moves, bool forwards);
    void apply(int at, const std::optional<Row> &before, const std::optional<Row> &after);
    void noteColumns(const QJsonObject &variables);
    Row fresh(const CaseContent &content) { return {++m_lastKey, content}; }
    bool isCellChanged(const Row &row, const QString &column) const;

    QList<Row> m_rows;
    QHash<int, EvaluationCase> m_bases; // by key: what the server has
    QStringList m_columns;
    QList<int> m_sent; // keys of the new cases in the last edit
    QHash<QUuid, int> m_orphans; // changed here, removed by others
    QHash<QString, QString> m_types; // of the schema, by variable
    QUndoStack m_undo;
    int m_lastKey = 0;
    bool m_isEditable = false;
};
