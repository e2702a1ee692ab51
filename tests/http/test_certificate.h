// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

// A key and a certificate for it, signed by itself, made anew: no secret lies in the repository.
struct TestCertificate
{
    explicit TestCertificate(const QByteArray &commonName);

    QByteArray certificate; // PEM
    QByteArray key; // PEM
};
