// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/masker.h"

#include "server/guardrails/mask_numbers.h"
#include "server/guardrails/phone_number.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace guardrails {
namespace {

constexpr qsizetype lookedBack = 2; // units before a match that count

struct Number
{
    MaskKind kind;
    qsizetype (*endOf)(MaskText &text, qsizetype from);
};
constexpr Number numbers[] = {{MaskKind::Cnpj, &endOfCnpj},
                              {MaskKind::Cpf, &endOfCpf},
                              {MaskKind::Card, &endOfCard},
                              {MaskKind::Phone, &endOfPhone}};

bool mayBegin(char16_t c) { return c == u'+' || c == u'(' || isWord(c); }

} // namespace

qint64 MaskCounts::all() const { return std::accumulate(byKind.begin(), byKind.end(), qint64(0)); }

MaskCounts &MaskCounts::operator+=(const MaskCounts &other)
{
    for (std::size_t i = 0; i < byKind.size(); ++i)
        byKind[i] += other.byKind[i];
    return *this;
}

Masker::Masker(const QList<MaskKind> &kinds)
{
    for (const MaskKind kind : kinds)
        m_isMasked[std::size_t(kind)] = true;
}

QString Masker::feed(QStringView piece)
{
    m_text.append(piece);
    return run(false);
}

QString Masker::finish()
{
    QString rest = run(true);
    m_text.clear();
    m_passed = 0;
    m_email = {};
    return rest;
}

bool Masker::mask(QString &text)
{
    const MaskCounts before = m_counts;
    m_text = text;
    const QString masked = finish();
    if (m_counts == before)
        return false;
    text = masked;
    return true;
}

qsizetype Masker::endAt(MaskText &text, qsizetype from, MaskKind &kind)
{
    if (m_isMasked[std::size_t(MaskKind::Email)]) {
        kind = MaskKind::Email;
        if (const qsizetype end = m_email.endOf(text, from))
            return end;
    }
    for (const Number &number : numbers) {
        if (!m_isMasked[std::size_t(number.kind)])
            continue;
        kind = number.kind;
        if (const qsizetype end = number.endOf(text, from))
            return end;
    }
    return 0;
}

QString Masker::run(bool isWhole)
{
    QString out;
    MaskText text(m_text, isWhole, m_steps);
    qsizetype at = m_passed, taken = m_passed; // all before `taken` is in `out`
    const auto takeTo = [&](qsizetype end) {
        out.append(QStringView(m_text).sliced(taken, end - taken));
        taken = end;
    };
    while (at < m_text.size()) {
        if (!mayBegin(m_text[at].unicode())) {
            ++m_steps;
            ++at;
            continue;
        }
        MaskKind kind{};
        const qsizetype end = endAt(text, at, kind);
        if (text.lookedBeyond())
            break; // what comes next decides
        if (!end) {
            ++at;
            continue;
        }
        takeTo(at);
        out.append(u'[');
        out.append(json::name(kind));
        out.append(u']');
        ++m_counts[kind];
        at = taken = end;
    }
    takeTo(at);
    if (!isWhole) {
        const qsizetype gone = std::max<qsizetype>(0, at - lookedBack);
        m_text.remove(0, gone);
        m_passed = at - gone;
        m_email.moved(gone);
    }
    return out;
}

} // namespace guardrails
