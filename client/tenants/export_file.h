// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QIODevice>
#include <QSaveFile>

// Takes the export of a tenant as it comes and writes it to disk. The file appears when the receipt in its last line
// fits all lines before it, and otherwise not at all: a connection can break where nothing shows that it did.
class ExportFile : public QIODevice
{
    Q_OBJECT

public:
    explicit ExportFile(const QString &path);

    bool begin(); // false: it cannot be written, errorString() says why
    QString finish(); // what went wrong, in words; empty: the file is there, whole
    qint64 written() const { return m_written; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    QSaveFile m_file; // leaves nothing behind when it goes without commit()
    QCryptographicHash m_hash; // of all lines but the last
    QByteArray m_last; // the line that came last, perhaps only its beginning
    qint64 m_written = 0;
};
