// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_theme.h"

#include "shared/error.h"

#include <QRegularExpression>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestLogo = 64 * 1024; // bytes
constexpr quint32 widestLogo = 512; // pixels

// What is wrong with a picture; empty: nothing. A PNG (RFC 2083) is a signature and chunks, of which the first one is
// IHDR and the last one IEND; each is length, name, that many bytes and a checksum.
QString problemOfLogo(const QString &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray png = decoded ? *decoded : QByteArray();
    if (text.isEmpty() || png.isEmpty())
        return u"must be base64"_s;
    if (png.size() > largestLogo)
        return u"must be at most %1 KiB"_s.arg(largestLogo / 1024);
    const QString noPng = u"must be a whole PNG picture"_s;
    if (!png.startsWith("\x89PNG\r\n\x1a\n"))
        return noPng;
    QByteArrayView name;
    for (qsizetype at = 8; at != png.size();) {
        if (png.size() - at < 12 || name == "IEND")
            return noPng;
        const quint32 length = qFromBigEndian<quint32>(png.constData() + at);
        const QByteArrayView chunk = QByteArrayView(png).sliced(at + 4, 4);
        if (length > quint32(png.size() - at - 12) || (name.isEmpty() != (chunk == "IHDR")))
            return noPng;
        if (chunk == "IHDR") {
            if (length != 13)
                return noPng;
            const quint32 width = qFromBigEndian<quint32>(png.constData() + at + 8);
            const quint32 height = qFromBigEndian<quint32>(png.constData() + at + 12);
            if (width == 0 || height == 0 || width > widestLogo || height > widestLogo)
                return u"must be at most %1 pixels wide and high: this is %2 by %3"_s.arg(widestLogo)
                    .arg(width)
                    .arg(height);
        }
        name = chunk;
        at += 12 + qsizetype(length);
    }
    return name == "IEND" ? QString() : noPng;
}

QString problemOf(const QString &member, const QJsonValue &value)
{
    static const QRegularExpression colour(u"^#[0-9A-Fa-f]{6}$"_s);
    const QString text = value.toString();
    if (member == "accent"_L1)
        return colour.match(text).hasMatch() ? QString() : u"must be a colour such as #3A5BD9"_s;
    if (member == "productName"_L1) {
        const bool isName = value.isString() && !text.trimmed().isEmpty() && text.size() <= 60;
        return isName ? QString() : u"must be a text of 1 to 60 characters"_s;
    }
    if (member == "logo"_L1)
        return problemOfLogo(text);
    return u"is not known here"_s;
}

} // namespace

void checkTheme(const QJsonObject &theme)
{
    QList<json::Problem> problems;
    for (auto it = theme.begin(); it != theme.end(); ++it)
        if (const QString problem = problemOf(it.key(), it.value()); !problem.isEmpty())
            problems.append({u"/theme/"_s + it.key(), problem});
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
}
