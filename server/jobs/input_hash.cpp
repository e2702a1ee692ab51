// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/input_hash.h"

#include "shared/json/json.h"

#include <openssl/evp.h>

QByteArray inputHash(const QJsonObject &document)
{
    const QByteArray text = json::print(document); // QJsonObject keeps its members sorted
    QByteArray hash(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned length = 0;
    if (EVP_Digest(text.constData(), std::size_t(text.size()), reinterpret_cast<unsigned char *>(hash.data()), &length,
                   EVP_sha256(), nullptr)
        != 1)
        throw std::runtime_error("SHA-256 is not available");
    hash.truncate(qsizetype(length));
    return hash;
}
