// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/search_text.h"

QString searchText(const QString &text)
{
    const QString decomposed = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    QString plain;
    plain.reserve(decomposed.size());
    for (const QChar c : decomposed)
        if (!c.isMark())
            plain += c;
    return plain;
}
