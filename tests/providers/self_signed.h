// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>

struct SelfSigned
{
    QSslKey key;
    QSslCertificate certificate;
};

// A fresh key and a certificate for 127.0.0.1 that nobody trusts.
SelfSigned makeSelfSigned();
