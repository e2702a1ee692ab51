// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/fragment.h"

namespace database {

Fragment Fragment::of(std::initializer_list<Part> parts)
{
    Fragment all;
    all.append(parts);
    return all;
}

void Fragment::append(std::initializer_list<Part> parts)
{
    for (const Part &part : parts) {
        if (part.m_fragment)
            m_pieces.insert(m_pieces.end(), part.m_fragment->m_pieces.begin(), part.m_fragment->m_pieces.end());
        else
            m_pieces.push_back({part.m_text, std::nullopt});
    }
}

std::string Fragment::text(std::size_t firstParameters) const
{
    std::string text;
    for (const Piece &piece : m_pieces) {
        if (piece.value)
            text += '$' + std::to_string(++firstParameters);
        text += piece.text;
    }
    return text;
}

void Fragment::bind(Parameters &parameters) const
{
    for (const Piece &piece : m_pieces)
        if (piece.value)
            parameters.addText(*piece.value);
}

} // namespace database
