// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/json_strings.h"

#include "shared/json/json.h"

using namespace Qt::StringLiterals;

namespace guardrails {
namespace {

bool isJson(const QString &text)
try {
    (void)json::document(text.toUtf8());
    return true;
} catch (const json::SyntaxError &) {
    return false;
}

struct Escape
{
    char16_t letter, meaning;
};
constexpr Escape escapes[] = {{u'"', u'"'},  {u'\\', u'\\'}, {u'/', u'/'},  {u'b', u'\b'},
                              {u'f', u'\f'}, {u'n', u'\n'},  {u'r', u'\r'}, {u't', u'\t'}};

QString decoded(QStringView inside)
{
    QString text;
    text.reserve(inside.size());
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] != u'\\' || i + 1 == inside.size()) {
            text.append(inside[i]);
            continue;
        }
        const char16_t letter = inside[++i].unicode();
        if (letter == u'u') {
            text.append(QChar(
                char16_t(inside.sliced(i + 1, std::min<qsizetype>(4, inside.size() - i - 1)).toUShort(nullptr, 16))));
            i += 4;
            continue;
        }
        for (const Escape &escape : escapes)
            if (escape.letter == letter)
                text.append(QChar(escape.meaning));
    }
    return text;
}

void appendEncoded(QString &out, const QString &text)
{
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        const auto *const escape = std::find_if(std::begin(escapes), std::end(escapes), [&](const Escape &one) {
            return one.meaning == unit && one.letter != u'/';
        });
        if (escape != std::end(escapes))
            out.append(u'\\').append(QChar(escape->letter));
        else if (unit < 0x20)
            out.append(u"\\u%1"_s.arg(uint(unit), 4, 16, QChar(u'0')));
        else
            out.append(c);
    }
}

// A string within the quotation marks, and whether it is a value.
struct Place
{
    qsizetype from, to;
    bool isValue;
};

// The next string of a JSON text from a place on; nothing: there is none.
std::optional<Place> nextString(QStringView json, qsizetype from)
{
    const qsizetype open = json.indexOf(u'"', from);
    if (open < 0)
        return std::nullopt;
    qsizetype close = open + 1;
    while (close < json.size() && json[close] != u'"')
        close += json[close] == u'\\' ? 2 : 1;
    close = std::min(close, json.size());
    qsizetype after = close + 1;
    while (after < json.size() && QStringView(u" \t\r\n").contains(json[after]))
        ++after;
    return Place{open + 1, close, after >= json.size() || json[after] != u':'};
}

} // namespace

bool changeJsonStrings(QString &json, const std::function<bool(QString &value)> &change)
{
    if (!isJson(json))
        return false;
    QString out;
    qsizetype taken = 0; // all before it is in `out`
    qsizetype at = 0;
    // Not in the head of a for: GCC 12 makes an endless loop of a declaration there beside a continue.
    while (true) {
        const std::optional<Place> place = nextString(json, at);
        if (!place)
            break;
        at = place->to + 1;
        if (!place->isValue)
            continue;
        const QStringView inside = QStringView(json).sliced(place->from, place->to - place->from);
        QString value = inside.contains(u'\\') ? decoded(inside) : inside.toString();
        if (!change(value))
            continue;
        out.append(QStringView(json).sliced(taken, place->from - taken));
        appendEncoded(out, value);
        taken = place->to;
    }
    if (taken > 0)
        json = out.append(QStringView(json).sliced(taken));
    return true;
}

QString decodedJson(const QString &json) { return json.contains(u'\\') && isJson(json) ? decoded(json) : json; }

} // namespace guardrails
