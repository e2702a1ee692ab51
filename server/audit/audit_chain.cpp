// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_chain.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// What places a row in the chain.
struct ChainLink
{
    qint64 sequence = 0;
    QUuid id;
    QDateTime at;
    QByteArray hash; // as it stands in the row

    static constexpr auto fields()
    {
        return std::tuple{Field{"sequence", &ChainLink::sequence}, Field{"id", &ChainLink::id},
                          Field{"at", &ChainLink::at}, Field{"hash", &ChainLink::hash}};
    }
};

struct ChainRow
{
    qint64 sequence = 0;
    QUuid id;
    QDateTime at;
    QByteArray hash;
    QByteArray previousHash;
    QList<std::optional<QString>> parts; // what the entry says

    ChainLink link() const { return {sequence, id, at, hash}; }

    static constexpr auto fields()
    {
        using T = ChainRow;
        return std::tuple{Field{"sequence", &T::sequence},
                          Field{"id", &T::id},
                          Field{"at", &T::at},
                          Field{"hash", &T::hash},
                          Field{"previousHash", &T::previousHash},
                          Field{"parts", &T::parts}};
    }
};

QByteArray sha256(const QByteArray &bytes) { return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256); }

// As platform.audit_digest and append_audit_entry compute it in the database.
QByteArray hashOf(const ChainRow &row)
{
    QByteArray text;
    for (const auto &part : row.parts) {
        if (!text.isEmpty())
            text += ',';
        const QByteArray bytes = part ? part->toUtf8() : QByteArray();
        text += part ? QByteArray::number(bytes.size()) + ':' + bytes : QByteArray("-");
    }
    return sha256(row.previousHash + sha256(text));
}

class ChainWalk
{
public:
    ChainWalk(Transaction &tx, const QUuid &tenantId, const QList<ChainHead> &anchors);
    ChainReport run();

private:
    // The row before the one that is looked at.
    struct Last
    {
        ChainLink link;
        QByteArray computed; // what its hash should be
        QByteArray before; // the hash of the row before it
        bool isWrong = false; // edited or inserted: what follows it tells which
        bool isThere = false;
    };

    void look(const ChainRow &row);
    void judgeLast(const QByteArray &next);
    void judgeBreak(const ChainRow &row);
    void judgeEnd();
    void compareAnchors(const ChainLink &link);
    void add(ChainFault fault, const ChainLink &row, const QString &detail);
    bool has(ChainFault fault) const;

    std::optional<ChainLink> withHash(const QByteArray &hash);
    bool hasSuccessor(const QByteArray &hash);
    ChainLink firstAfter(qint64 sequence);
    qint64 count();

    Transaction &m_tx;
    const QList<ChainHead> m_anchors;
    std::optional<ChainHead> m_head;
    Last m_last;
    std::optional<ChainLink> m_beyond; // the first row with a number beyond the end
    ChainReport m_report;
};

ChainWalk::ChainWalk(Transaction &tx, const QUuid &tenantId, const QList<ChainHead> &anchors)
    : m_tx(tx),
      m_anchors(anchors)
{
    m_head = tx.maybe<ChainHead>("SELECT sequence, hash FROM platform.audit_heads WHERE tenant_id = $1", tenantId);
    m_last.link.hash = m_last.computed = AuditChain::beginning(tenantId);
}

ChainReport ChainWalk::run()
{
    compareAnchors(m_last.link);
    m_tx.run(R"(
        DECLARE audit_walk NO SCROLL CURSOR FOR
        SELECT sequence, id, at, hash, previous_hash, ARRAY[
            id::text, (extract(epoch FROM at) * 1000)::bigint::text, actor_id::text, actor_name, session_id::text,
            address, request_id, action, subject_type, subject_id, subject_label, outcome, times::text, before::text,
            after::text, reason, search_text] AS parts
        FROM audit_entries
        ORDER BY sequence, id)");
    while (true) {
        const auto rows = m_tx.all<ChainRow>("FETCH FORWARD 200 FROM audit_walk");
        for (const ChainRow &row : rows)
            look(row);
        if (rows.isEmpty())
            break;
    }
    m_tx.run("CLOSE audit_walk");
    judgeEnd();
    m_report.end = {m_last.link.sequence, m_last.link.hash};
    return m_report;
}

void ChainWalk::look(const ChainRow &row)
{
    ++m_report.entries;
    judgeLast(row.previousHash);
    const QByteArray computed = hashOf(row);
    const bool isWrong = computed != row.hash;
    const bool follows = row.previousHash == m_last.link.hash || row.previousHash == m_last.computed;
    if (!isWrong && !follows)
        judgeBreak(row);
    else if (!isWrong && row.sequence != m_last.link.sequence + 1)
        add(ChainFault::Reordered, row.link(), u"its number is not that of its place"_s);
    if (m_head && row.sequence > m_head->sequence && !m_beyond)
        m_beyond = row.link();
    compareAnchors(row.link());
    m_last = {row.link(), computed, m_last.link.hash, isWrong, true};
}

// A row whose hash is wrong was edited when the next one follows it, and inserted when the next one follows the row
// before it.
void ChainWalk::judgeLast(const QByteArray &next)
{
    if (!m_last.isWrong)
        return;
    const bool isInserted = next == m_last.before;
    add(isInserted ? ChainFault::Inserted : ChainFault::Edited, m_last.link,
        isInserted ? u"the entry after it follows the one before it"_s : u"what it says does not match its hash"_s);
}

// The row is whole, but does not follow the one before it.
void ChainWalk::judgeBreak(const ChainRow &row)
{
    const bool hasGap = row.sequence > m_last.link.sequence + 1;
    const auto predecessor = withHash(row.previousHash);
    if (predecessor && predecessor->sequence < row.sequence && !hasGap) {
        if (!hasSuccessor(m_last.link.hash))
            add(ChainFault::Inserted, firstAfter(predecessor->sequence), u"no other entry follows it"_s);
        else if (!hasSuccessor(row.hash))
            add(ChainFault::Inserted, row.link(), u"no other entry follows it"_s);
        else
            add(ChainFault::Reordered, row.link(), u"it follows the entry %1"_s.arg(predecessor->sequence));
    } else if (predecessor) {
        add(ChainFault::Reordered, hasGap ? *predecessor : row.link(),
            hasGap ? u"the entry %1 follows it"_s.arg(row.sequence)
                   : u"it follows the entry %1"_s.arg(predecessor->sequence));
    } else if (hasGap || (m_head && count() < m_head->sequence)) {
        add(ChainFault::Removed, {hasGap ? m_last.link.sequence + 1 : row.sequence, {}, {}, {}},
            u"it stood before the entry %1 of %2"_s.arg(row.id.toString(QUuid::WithoutBraces),
                                                        row.at.toString(Qt::ISODateWithMs)));
    } else {
        add(ChainFault::Edited, m_last.isThere ? m_last.link : row.link(),
            u"the entry after it follows another text of it"_s);
    }
}

void ChainWalk::judgeEnd()
{
    const ChainLink &last = m_last.link;
    judgeLast(m_head ? m_head->hash : QByteArray());
    if (!m_head) {
        add(ChainFault::TailCut, {last.sequence + 1, {}, {}, {}}, u"the record of where the log ends is gone"_s);
        return;
    }
    if (m_beyond && m_report.entries > m_head->sequence)
        add(ChainFault::Inserted, *m_beyond, u"the log ends before it"_s);
    const bool endsWell = last.hash == m_head->hash || m_last.computed == m_head->hash;
    if (endsWell || withHash(m_head->hash))
        return;
    if (last.sequence < m_head->sequence)
        add(ChainFault::TailCut, {last.sequence + 1, {}, {}, {}},
            u"the log ended with the entry %1"_s.arg(m_head->sequence));
    else if (!m_beyond && !m_last.isWrong)
        add(ChainFault::Edited, last, u"the log ended with another text of it"_s);
}

void ChainWalk::compareAnchors(const ChainLink &link)
{
    for (const ChainHead &anchor : m_anchors)
        if (anchor.sequence == link.sequence && anchor.hash != link.hash)
            add(ChainFault::Rewritten, link, u"the log that was written down had another entry here"_s);
}

void ChainWalk::add(ChainFault fault, const ChainLink &row, const QString &detail)
{
    if (!has(fault))
        m_report.findings.append({fault, row.sequence, row.id, row.at, detail});
}

bool ChainWalk::has(ChainFault fault) const
{
    return std::any_of(m_report.findings.begin(), m_report.findings.end(),
                       [&](const ChainFinding &finding) { return finding.fault == fault; });
}

std::optional<ChainLink> ChainWalk::withHash(const QByteArray &hash)
{
    const auto found = m_tx.all<ChainLink>(
        "SELECT sequence, id, at, hash FROM audit_entries WHERE hash = $1 ORDER BY sequence LIMIT 1", hash);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

bool ChainWalk::hasSuccessor(const QByteArray &hash)
{
    return (m_head && m_head->hash == hash)
        || m_tx.one<bool>("SELECT EXISTS (SELECT FROM audit_entries WHERE previous_hash = $1)", hash);
}

ChainLink ChainWalk::firstAfter(qint64 sequence)
{
    return m_tx
        .all<ChainLink>("SELECT sequence, id, at, hash FROM audit_entries WHERE sequence > $1 "
                        "ORDER BY sequence, id LIMIT 1",
                        sequence)
        .first();
}

qint64 ChainWalk::count() { return m_tx.one<qint64>("SELECT count(*) FROM audit_entries"); }

} // namespace

namespace AuditChain {

QByteArray beginning(const QUuid &tenantId) { return sha256(tenantId.toByteArray(QUuid::WithoutBraces)); }

ChainReport verify(Transaction &tx, const QUuid &tenantId, const QList<ChainHead> &anchors)
{
    ChainReport report = ChainWalk(tx, tenantId, anchors).run();
    for (const ChainHead &anchor : anchors)
        if (anchor.sequence > report.end.sequence)
            report.findings.append(
                {ChainFault::Rewritten, anchor.sequence, {}, {}, u"the log that was written down was longer"_s});
    return report;
}

} // namespace AuditChain
