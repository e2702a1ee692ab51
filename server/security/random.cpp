// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/random.h"

#include <sodium.h>

#include <stdexcept>

namespace security {

void start()
{
    static const int state = sodium_init();
    if (state < 0)
        throw std::runtime_error("libsodium could not start: the machine gives no random numbers");
}

QByteArray randomBytes(qsizetype count)
{
    start();
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), std::size_t(count));
    return bytes;
}

QByteArray hash(QByteArrayView bytes, QByteArrayView key)
{
    start();
    QByteArray digest(crypto_generichash_BYTES, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(digest.data()), std::size_t(digest.size()),
                       reinterpret_cast<const unsigned char *>(bytes.data()), std::size_t(bytes.size()),
                       reinterpret_cast<const unsigned char *>(key.data()), std::size_t(key.size()));
    return digest;
}

bool equal(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), std::size_t(left.size())) == 0;
}

} // namespace security
