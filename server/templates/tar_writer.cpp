// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/tar_writer.h"

#include <stdexcept>

namespace {

constexpr qsizetype block = 512;
constexpr qsizetype longestName = 100;
constexpr qsizetype longestPrefix = 155;

void put(QByteArray &header, qsizetype at, const QByteArray &text) { header.replace(at, text.size(), text); }

QByteArray octal(qint64 number, int digits) { return QByteArray::number(number, 8).rightJustified(digits, '0'); }

} // namespace

void TarWriter::add(const QString &path, const QByteArray &content)
{
    QByteArray name = path.toUtf8(), prefix;
    if (name.size() > longestName) {
        const qsizetype slash = name.indexOf('/', name.size() - longestName - 1);
        if (slash < 0 || slash > longestPrefix)
            throw std::length_error("a path is too long for a tar");
        prefix = name.first(slash);
        name = name.sliced(slash + 1);
    }
    QByteArray header(block, '\0');
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000"); // owner and group: nobody's
    put(header, 116, "0000000");
    put(header, 124, octal(content.size(), 11));
    put(header, 136, octal(0, 11)); // time
    put(header, 148, "        "); // the sum counts itself as blanks
    put(header, 156, "0"); // a plain file
    put(header, 257,
        QByteArray("ustar\0"
                   "00",
                   8));
    put(header, 345, prefix);
    qint64 sum = 0;
    for (const char byte : std::as_const(header))
        sum += static_cast<unsigned char>(byte);
    put(header, 148, octal(sum, 6) + QByteArray("\0 ", 2));
    m_bytes += header + content;
    if (const qsizetype rest = content.size() % block)
        m_bytes += QByteArray(block - rest, '\0');
}

QByteArray TarWriter::finish() { return m_bytes + QByteArray(2 * block, '\0'); }
