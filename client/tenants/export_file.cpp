// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/export_file.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

ExportFile::ExportFile(const QString &path) : m_file(path), m_hash(QCryptographicHash::Sha256) { }

bool ExportFile::begin()
{
    if (m_file.open(WriteOnly))
        return open(WriteOnly | Unbuffered);
    setErrorString(m_file.errorString());
    return false;
}

qint64 ExportFile::writeData(const char *data, qint64 size)
{
    if (m_file.write(data, size) != size) {
        setErrorString(m_file.errorString());
        return -1;
    }
    m_written += size;
    const QByteArray piece = QByteArray::fromRawData(data, qsizetype(size));
    if (m_last.endsWith('\n') && size > 0) { // it was not the last
        m_hash.addData(m_last);
        m_last.clear();
    }
    const qsizetype end = piece.chopped(std::min<qsizetype>(1, piece.size())).lastIndexOf('\n') + 1;
    if (end > 0) {
        m_hash.addData(m_last);
        m_hash.addData(piece.first(end));
        m_last.clear();
    }
    m_last += piece.sliced(end);
    return size;
}

QString ExportFile::finish()
{
    const QString promised = QJsonDocument::fromJson(m_last).object().value(u"sha256"_s).toString();
    if (!m_last.endsWith('\n') || promised != QString::fromLatin1(m_hash.result().toHex())) {
        m_file.cancelWriting();
        return tr("It did not arrive whole. Nothing was kept of it.");
    }
    return m_file.commit() ? QString() : m_file.errorString();
}
