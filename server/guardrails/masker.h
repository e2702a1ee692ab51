// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/email_address.h"
#include "shared/gateway/gateway_settings.h"

#include <array>

namespace guardrails {

// How much was masked, by kind.
struct MaskCounts
{
    std::array<qint64, enumNames<MaskKind>.size()> byKind{};

    qint64 &operator[](MaskKind kind) { return byKind[std::size_t(kind)]; }
    qint64 operator[](MaskKind kind) const { return byKind[std::size_t(kind)]; }
    qint64 all() const;
    MaskCounts &operator+=(const MaskCounts &other);
    bool operator==(const MaskCounts &) const = default;
};

// Replaces personal data by [email], [phone], [cpf], [cnpj] and [card], in a text that comes whole or piece by piece:
// the result is the same. One pass, a bounded number of steps for each character. Held back is only what could still
// become one of these: usually the last word, at most `longestHeld` characters. Not thread-safe.
class Masker
{
public:
    explicit Masker(const QList<MaskKind> &kinds);

    QString feed(QStringView piece); // what may be passed on
    QString finish(); // the rest
    bool mask(QString &text); // a whole one, in place; whether anything was replaced

    const MaskCounts &counts() const { return m_counts; }
    qsizetype steps() const { return m_steps; } // characters looked at
    static constexpr qsizetype longestHeld = EmailAddress::longest + 1;

private:
    QString run(bool isWhole);
    qsizetype endAt(MaskText &text, qsizetype from, MaskKind &kind);

    std::array<bool, enumNames<MaskKind>.size()> m_isMasked{};
    EmailAddress m_email;
    QString m_text; // what is held back, after a few characters that are passed on already
    qsizetype m_passed = 0; // so many of them
    MaskCounts m_counts;
    qsizetype m_steps = 0;
};

} // namespace guardrails
