// SPDX-License-Identifier: GPL-3.0-or-later
// How a CasesModel comes together with the server's cases again: what is sent, what comes back, what others did.
#include "client/evaluations/cases_model.h"

#include <QJsonArray>
#include <QSet>

#include <limits>

CasesEdit CasesModel::edit(int most)
{
    CasesEdit edit;
    m_sent.clear();
    QSet<int> there;
    for (const Row &row : m_rows) {
        there.insert(row.key);
        const auto base = m_bases.constFind(row.key);
        if (base == m_bases.cend()) {
            if (edit.added.size() < most) {
                edit.added.append(row.content.asNew());
                m_sent << row.key;
            }
        } else if (edit.changed.size() < most) {
            if (const auto change = row.content.changeFrom(*base))
                edit.changed.append(*change);
        }
    }
    for (auto base = m_bases.cbegin(); base != m_bases.cend(); ++base)
        if (!there.contains(base.key()) && edit.removed.size() < most)
            edit.removed.append({base->id, base->revision});
    return edit;
}

int CasesModel::changeCount() const
{
    int count = 0;
    QSet<int> there;
    for (const Row &row : m_rows) {
        there.insert(row.key);
        const auto base = m_bases.constFind(row.key);
        count += base == m_bases.cend() || !(CaseContent::of(*base) == row.content);
    }
    for (auto base = m_bases.cbegin(); base != m_bases.cend(); ++base)
        count += !there.contains(base.key());
    return count;
}

bool CasesModel::isChanged() const { return changeCount() > 0; }

// The answer has the cases in the order of the edit. What was typed while that was on its way stays a change.
void CasesModel::saved(const CasesEdit &edit, const CasesEdited &answer)
{
    for (qsizetype i = 0; i < std::min(m_sent.size(), answer.added.size()); ++i)
        m_bases.insert(m_sent[i], answer.added[i]);
    QHash<QUuid, EvaluationCase> news;
    for (const EvaluationCase &one : answer.changed)
        news.insert(one.id, one);
    QSet<QUuid> removed;
    for (const EvaluationCaseRemoval &one : edit.removed)
        removed.insert(one.id);
    for (auto base = m_bases.begin(); base != m_bases.end();) {
        if (removed.contains(base->id)) {
            base = m_bases.erase(base);
            continue;
        }
        if (news.contains(base->id))
            *base = news.value(base->id);
        ++base;
    }
    Q_EMIT headerDataChanged(Qt::Vertical, 0, std::max(0, rowCount() - 1));
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT changed();
}

QList<CellConflict> CasesModel::take(const QList<EvaluationCase> &theirs)
{
    QList<CellConflict> conflicts;
    QHash<QUuid, const EvaluationCase *> left;
    for (const EvaluationCase &one : theirs)
        left.insert(one.id, &one);
    beginResetModel();
    m_orphans.clear();
    QSet<int> there;
    QList<Row> rows;
    for (Row row : std::as_const(m_rows)) {
        there.insert(row.key);
        const auto base = m_bases.constFind(row.key);
        if (base == m_bases.cend()) {
            rows.append(row); // new here
            continue;
        }
        const EvaluationCase *now = left.take(base->id);
        const CaseContent was = CaseContent::of(*base);
        if (!now) {
            // They have removed it. What was changed here is worth asking about.
            if (!(was == row.content)) {
                conflicts.append({.caseId = base->id, .number = base->number, .isRemovedByThem = true});
                rows.append(row);
                m_orphans.insert(base->id, row.key);
            }
            m_bases.remove(row.key);
            continue;
        }
        if (now->revision != base->revision) {
            row.content = merged(was, row.content, CaseContent::of(*now), conflicts, now->id, now->number);
            m_bases[row.key] = *now;
        }
        rows.append(row);
    }
    for (auto base = m_bases.begin(); base != m_bases.end();) {
        if (there.contains(base.key())) {
            ++base;
            continue;
        }
        // Removed here.
        const EvaluationCase *now = left.take(base->id);
        if (now && now->revision != base->revision)
            conflicts.append({.caseId = now->id, .number = now->number, .isRemovedByMe = true});
        if (now)
            *base = *now;
        base = now ? std::next(base) : m_bases.erase(base);
    }
    for (const EvaluationCase &one : theirs) {
        if (!left.contains(one.id))
            continue;
        rows.append(fresh(CaseContent::of(one)));
        m_bases.insert(rows.last().key, one);
    }
    m_rows = rows;
    m_undo.clear(); // steps name places that are others now
    endResetModel();
    for (const EvaluationCase &one : theirs)
        noteColumns(one.variables);
    Q_EMIT changed();
    return conflicts;
}

void CasesModel::decide(const QList<CellConflict> &conflicts)
{
    beginResetModel();
    for (const CellConflict &one : conflicts) {
        if (one.isRemovedByThem) {
            if (!one.takesMine)
                m_rows.removeIf([key = m_orphans.value(one.caseId)](const Row &row) { return row.key == key; });
            continue; // mine: it becomes a new case
        }
        const auto base =
            std::find_if(m_bases.cbegin(), m_bases.cend(), [&](const auto &each) { return each.id == one.caseId; });
        if (base == m_bases.cend())
            continue;
        if (one.isRemovedByMe) {
            if (!one.takesMine)
                m_rows.append({base.key(), CaseContent::of(*base)});
            continue;
        }
        for (Row &row : m_rows)
            if (row.key == base.key() && one.takesMine)
                setCellText(row.content, one.column, one.mine, m_types.value(one.column));
    }
    endResetModel();
    Q_EMIT changed();
}

QJsonObject CasesModel::draft()
{
    const QList<int> sent = m_sent; // an edit may be on its way
    const CasesEdit unsaved = edit(std::numeric_limits<int>::max());
    m_sent = sent;
    QSet<QUuid> touched;
    for (const EvaluationCaseChange &one : unsaved.changed)
        touched.insert(one.id);
    for (const EvaluationCaseRemoval &one : unsaved.removed)
        touched.insert(one.id);
    QList<EvaluationCase> bases;
    for (const EvaluationCase &one : std::as_const(m_bases))
        if (touched.contains(one.id))
            bases << one;
    return {{QStringLiteral("edit"), json::object(json::print(unsaved))},
            {QStringLiteral("bases"), json::document(json::print(bases))}};
}

QList<CellConflict> CasesModel::restore(const QJsonObject &draft, const QList<EvaluationCase> &theirs)
{
    const auto unsaved = json::fromValue<CasesEdit>(draft.value(QStringLiteral("edit")), json::UnknownMembers::Ignore);
    QList<EvaluationCase> bases;
    for (const QJsonValue &one : draft.value(QStringLiteral("bases")).toArray())
        bases << json::fromValue<EvaluationCase>(one, json::UnknownMembers::Ignore);
    setCases(bases);
    beginResetModel();
    QSet<QUuid> removed;
    for (const EvaluationCaseRemoval &one : unsaved.removed)
        removed.insert(one.id);
    m_rows.removeIf([&](const Row &row) { return removed.contains(m_bases.value(row.key).id); });
    for (const EvaluationCaseChange &change : unsaved.changed)
        for (Row &row : m_rows)
            if (m_bases.value(row.key).id == change.id)
                row.content.apply(change);
    for (const NewEvaluationCase &one : unsaved.added)
        m_rows.append(fresh({one.variables, one.expected, one.tags, one.assertions}));
    endResetModel();
    const QList<CellConflict> conflicts = take(theirs);
    // Where they stood; what is new here comes last.
    beginResetModel();
    const auto place = [this](const Row &row) {
        const auto base = m_bases.constFind(row.key);
        return base == m_bases.cend() ? std::numeric_limits<int>::max() : base->number;
    };
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](const Row &a, const Row &b) { return place(a) < place(b); });
    endResetModel();
    return conflicts;
}
