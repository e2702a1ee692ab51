// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/process_number.h"

#include "server/database/setup_error.h"

#include <QDir>
#include <QRandomGenerator>
#include <QSaveFile>

using namespace Qt::StringLiterals;

qint64 processNumber(const QString &dataFolder)
{
    const QString path = dataFolder + u"/process.number"_s;
    QFile known(path);
    if (known.open(QIODevice::ReadOnly)) {
        bool isNumber = false;
        const qint64 number = known.readAll().trimmed().toLongLong(&isNumber);
        if (isNumber && number > 0)
            return number;
    }
    const qint64 number = qint64(QRandomGenerator::system()->generate64() >> 1) | 1;
    QDir().mkpath(dataFolder);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::number(number) + '\n') < 0 || !file.commit())
        throw SetupError(u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    return number;
}
