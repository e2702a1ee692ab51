// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/palette_model.h"

#include <algorithm>

namespace {

constexpr int mostPerSection = 8;

// "Próximo" is found by "proximo".
QString folded(const QString &text)
{
    QString plain;
    for (const QChar letter : text.normalized(QString::NormalizationForm_D)) {
        if (letter.category() != QChar::Mark_NonSpacing)
            plain += letter.toCaseFolded();
    }
    return plain;
}

bool startsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isDigit() != text[at - 1].isDigit());
}

} // namespace

int fuzzyScore(const QString &query, const QString &text)
{
    const QString wanted = folded(query).simplified();
    const QString given = folded(text);
    if (wanted.isEmpty())
        return 1;
    // Every word of the query starts a word of the text.
    int score = 0;
    for (const QString &word : wanted.split(u' ')) {
        int best = 0;
        for (qsizetype at = given.indexOf(word); at >= 0; at = given.indexOf(word, at + 1))
            best = std::max(best, startsWord(given, at) ? (at == 0 ? 100 : 80) : 40);
        if (best == 0) {
            score = 0;
            break;
        }
        score += best;
    }
    if (score > 0)
        return score * 10 - int(std::min<qsizetype>(given.size(), 99));
    // Letters in order; worth more when they start words, less with gaps.
    qsizetype from = 0;
    int gaps = 0;
    for (const QChar letter : QString(wanted).remove(u' ')) {
        const qsizetype at = given.indexOf(letter, from);
        if (at < 0)
            return 0;
        gaps += startsWord(given, at) ? 0 : int(at - from);
        from = at + 1;
    }
    return std::max(1, 100 - gaps * 5);
}

void PaletteModel::find(const QString &query)
{
    const bool actionsOnly = query.startsWith(u'>');
    const QString wanted = actionsOnly ? query.mid(1).trimmed() : query.trimmed();
    struct Match
    {
        int entry;
        int score;
    };
    QStringList sections; // in the order of the entries
    QHash<QString, QList<Match>> found;
    for (int i = 0; i < m_all.size(); ++i) {
        const PaletteEntry &entry = m_all[i];
        if ((actionsOnly && !entry.isAction) || (wanted.isEmpty() && entry.onlyWhenSearched))
            continue;
        int score = std::max(fuzzyScore(wanted, entry.text), fuzzyScore(wanted, entry.detail) / 2);
        if (score <= 0)
            continue;
        if (const qsizetype used = m_recent.indexOf(entry.id); used >= 0)
            score += 60 - int(std::min<qsizetype>(used, 50));
        if (!found.contains(entry.section))
            sections << entry.section;
        found[entry.section] << Match{i, score};
    }
    for (QList<Match> &matches : found)
        std::stable_sort(matches.begin(), matches.end(),
                         [](const Match &a, const Match &b) { return a.score > b.score; });
    if (!wanted.isEmpty()) // the section of the best match comes first
        std::stable_sort(sections.begin(), sections.end(), [&](const QString &a, const QString &b) {
            return found[a].first().score > found[b].first().score;
        });
    beginResetModel();
    m_rows.clear();
    for (const QString &section : sections) {
        m_rows << Row{section, -1};
        const QList<Match> &matches = found[section];
        const bool all = wanted.isEmpty() && m_all[matches.first().entry].isAction; // what one may do here is no search
        for (const Match &match : matches.mid(0, all ? matches.size() : mostPerSection))
            m_rows << Row{{}, match.entry};
    }
    endResetModel();
}

const PaletteEntry *PaletteModel::entry(int row) const
{
    if (row < 0 || row >= m_rows.size() || m_rows[row].entry < 0)
        return nullptr;
    return &m_all[m_rows[row].entry];
}

int PaletteModel::firstEntry() const { return nextEntry(-1, 1); }

int PaletteModel::nextEntry(int from, int step) const
{
    const int count = int(m_rows.size());
    for (int tried = 1; tried <= count; ++tried) {
        const int row = ((from + step * tried) % count + count) % count;
        if (m_rows[row].entry >= 0)
            return row;
    }
    return -1;
}

int PaletteModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows.at(index.row());
    if (role == IsHeadingRole)
        return row.entry < 0;
    if (row.entry < 0)
        return role == Qt::DisplayRole ? row.heading : QVariant();
    const PaletteEntry &entry = m_all.at(row.entry);
    switch (role) {
    case Qt::DisplayRole:
        return entry.text;
    case Qt::AccessibleTextRole:
        return QStringList{entry.text, entry.detail}.join(u' ').trimmed();
    case DetailRole:
        return entry.detail;
    case KeysRole:
        return entry.keys;
    case IconRole:
        return entry.icon;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return m_rows.at(index.row()).entry < 0 ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}
