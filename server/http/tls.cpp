// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace http {
namespace {

std::optional<QByteArray> content(const QString &name, QString *error)
{
    QFile file(name);
    if (file.open(QIODevice::ReadOnly))
        return file.readAll();
    *error = u"Cannot read %1: %2"_s.arg(name, file.errorString());
    return {};
}

// Qt finds out only when the first client comes.
bool belongTogether(const QSslCertificate &certificate, const QByteArray &keyPem)
{
    const QByteArray der = certificate.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, void (*)(X509 *)> x509(d2i_X509(nullptr, &bytes, long(der.size())), X509_free);
    const std::unique_ptr<BIO, int (*)(BIO *)> in(BIO_new_mem_buf(keyPem.constData(), int(keyPem.size())), BIO_free);
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY *)> key(
        PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    return x509 && key && X509_check_private_key(x509.get(), key.get()) == 1;
}

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return {};
}

} // namespace

std::optional<QSslConfiguration> loadTls(const TlsFiles &files, QString *error)
{
    if (!QSslSocket::supportsSsl()) {
        *error = u"This Qt has no TLS: install OpenSSL and Qt's TLS plug-in, or serve plain HTTP behind a proxy."_s;
        return {};
    }
    const std::optional<QByteArray> certificate = content(files.certificate, error);
    if (!certificate)
        return {};
    const std::optional<QByteArray> keyFile = content(files.key, error);
    if (!keyFile)
        return {};
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificate, QSsl::Pem);
    if (chain.isEmpty()) {
        *error = u"%1 holds no certificate in PEM form."_s.arg(files.certificate);
        return {};
    }
    const QSslKey key = readKey(*keyFile);
    if (key.isNull()) {
        *error = u"%1 holds no unencrypted RSA or EC key in PEM form."_s.arg(files.key);
        return {};
    }
    if (!belongTogether(chain.first(), *keyFile)) {
        *error = u"The first certificate of %1 does not belong to the key in %2."_s.arg(files.certificate, files.key);
        return {};
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(chain);
    tls.setPrivateKey(key);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone); // clients have no certificates
    tls.setAllowedNextProtocols({"http/1.1"_ba});
    return tls;
}

} // namespace http
