// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/mask_numbers.h"

#include <algorithm>
#include <array>
#include <span>

namespace guardrails {
namespace {

bool isAllTheSame(std::span<const char16_t> digits)
{
    return std::all_of(digits.begin(), digits.end(), [&](char16_t c) { return c == digits.front(); });
}

// The digit that makes a sum with these weights divisible by 11; 0 where it would be 10 or 11. Letters count as their
// place in ASCII, from “0” on.
char16_t checkDigit(std::span<const char16_t> digits, int lastWeight)
{
    int sum = 0, weight = 2;
    for (std::size_t i = digits.size(); i-- > 0;) {
        sum += (digits[i] - u'0') * weight;
        weight = weight == lastWeight ? 2 : weight + 1;
    }
    const int rest = sum % 11;
    return char16_t(rest < 2 ? u'0' : u'0' + 11 - rest);
}

struct Network
{
    int digits; // of the prefixes
    int from, to;
    int shortest, longest;
};
// Ranges as their networks publish them; those of Elo and Hipercard that are not within others.
constexpr Network networks[] = {
    {1, 4, 4, 13, 19}, // Visa
    {2, 51, 55, 16, 16}, // Mastercard
    {4, 2221, 2720, 16, 16},     {2, 34, 34, 15, 15}, // American Express
    {2, 37, 37, 15, 15},         {3, 300, 305, 14, 19}, // Diners Club
    {4, 3095, 3095, 14, 19},     {2, 36, 36, 14, 19},         {2, 38, 39, 14, 19},
    {4, 6011, 6011, 16, 19}, // Discover
    {3, 644, 649, 16, 19},       {2, 65, 65, 16, 19},         {2, 62, 62, 16, 19}, // UnionPay
    {4, 3528, 3589, 16, 19}, // JCB
    {4, 5018, 5018, 13, 19}, // Maestro
    {4, 5020, 5020, 13, 19},     {4, 5038, 5038, 13, 19},     {4, 5893, 5893, 13, 19},
    {4, 6304, 6304, 13, 19},     {4, 6759, 6759, 13, 19},     {4, 6761, 6763, 13, 19},
    {6, 504175, 504175, 16, 16}, // Elo
    {6, 506699, 506778, 16, 16}, {6, 509000, 509999, 16, 16}, {6, 636297, 636297, 16, 16},
    {6, 636368, 636368, 16, 16}, {6, 606282, 606282, 16, 16}, // Hipercard
};

bool isOfNetwork(std::span<const char16_t> digits)
{
    return std::any_of(std::begin(networks), std::end(networks), [&](const Network &network) {
        int prefix = 0;
        for (int i = 0; i < network.digits; ++i)
            prefix = prefix * 10 + (digits[std::size_t(i)] - u'0');
        return prefix >= network.from && prefix <= network.to && int(digits.size()) >= network.shortest
            && int(digits.size()) <= network.longest;
    });
}

bool passesLuhn(std::span<const char16_t> digits) // ISO/IEC 7812-1, annex B
{
    int sum = 0;
    bool isDoubled = false;
    for (std::size_t i = digits.size(); i-- > 0; isDoubled = !isDoubled) {
        const int value = (digits[i] - u'0') * (isDoubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

// In the middle of a word, or of a number such as “0.123” and “1-123”.
bool isWithin(MaskText &text, qsizetype from)
{
    const char16_t before = text.at(from - 1);
    return isWord(before) || ((before == u'.' || isHyphen(before)) && isDigit(text.at(from - 2)));
}

} // namespace

qsizetype endOfCpf(MaskText &text, qsizetype from)
{
    if (!isDigit(text.at(from)) || isWithin(text, from))
        return 0;
    std::array<char16_t, 11> digits;
    qsizetype at = from;
    for (std::size_t i = 0; i < digits.size(); ++i, ++at) {
        if ((i == 3 || i == 6 || i == 9) && (isSeparator(text.at(at)) || text.at(at) == u'/'))
            ++at;
        digits[i] = text.at(at);
        if (!isDigit(digits[i]))
            return 0;
    }
    const std::span<const char16_t> all(digits);
    if (goesOn(text, at) || isAllTheSame(all) || checkDigit(all.first(9), 99) != digits[9]
        || checkDigit(all.first(10), 99) != digits[10])
        return 0;
    return at;
}

qsizetype endOfCnpj(MaskText &text, qsizetype from)
{
    if ((!isDigit(text.at(from)) && !isLetter(text.at(from))) || isWithin(text, from))
        return 0;
    std::array<char16_t, 14> digits;
    bool hasLetters = false, hasSmallLetters = false, hasSpaces = false, hasSeparators = false;
    qsizetype at = from;
    for (std::size_t i = 0; i < digits.size(); ++i, ++at) {
        if (i == 2 || i == 5 || i == 8 || i == 12) {
            const char16_t c = text.at(at);
            if (isSeparator(c) || c == u'/') {
                hasSeparators = true;
                hasSpaces = hasSpaces || isSpace(c);
                ++at;
            }
        }
        char16_t c = text.at(at);
        if (i < 12 && c < 0x80 && isLetter(c)) {
            hasLetters = true;
            hasSmallLetters = hasSmallLetters || c >= u'a';
            c &= char16_t(~0x20);
        } else if (!isDigit(c)) {
            return 0;
        }
        digits[i] = c;
    }
    // Without dots and the stroke words would look like it.
    if ((hasLetters && hasSpaces) || (hasSmallLetters && !hasSeparators))
        return 0;
    const std::span<const char16_t> all(digits);
    if (goesOn(text, at) || isAllTheSame(all) || checkDigit(all.first(12), 9) != digits[12]
        || checkDigit(all.first(13), 9) != digits[13])
        return 0;
    return at;
}

qsizetype endOfCard(MaskText &text, qsizetype from)
{
    if (!isDigit(text.at(from)) || isWithin(text, from))
        return 0;
    std::array<char16_t, 19> digits;
    std::size_t count = 0, group = 0; // of digits, in all and in this group
    qsizetype at = from, end = 0;
    for (;;) {
        const char16_t c = text.at(at);
        if (isDigit(c)) {
            if (count == digits.size())
                return end;
            digits[count++] = c;
            ++group;
            ++at;
            continue;
        }
        if (isWord(c) || (group != count && (group < 3 || group > 6)))
            return end;
        const std::span<const char16_t> all(digits.data(), count);
        if (count >= 13 && isOfNetwork(all) && passesLuhn(all))
            end = at;
        if (!isSeparator(c) || group < 3 || group > 6 || !isDigit(text.at(at + 1)))
            return end;
        group = 0;
        ++at;
    }
}

} // namespace guardrails
