// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gateway/gateway_stage.h"

// A format in which programs call the gateway, as the libraries for it do.
struct WireFormat
{
    const char *name;
    bool isOfVectors;
    QString (*path)(const QString &model, bool stream);
    // Of a request without stream.
    QJsonObject (*body)(const QString &model, const QString &text);
    QList<std::pair<QByteArray, QByteArray>> (*headers)(const QByteArray &key);
    QString (*said)(const QJsonObject &answer); // the text of a whole answer
    QString (*piece)(const StreamEvent &event); // and of an event of a stream
    QString (*errorCode)(const QJsonObject &error);

    static const QList<const WireFormat *> &all();
    static const QList<const WireFormat *> &ofAnswers(); // all but those of vectors

    struct Way
    {
        bool stream = false;
        QByteArray key;
        QList<std::pair<QByteArray, QByteArray>> more = {}; // headers
    };
    HttpAnswer ask(TestServer &server, const QString &model, const QString &text, const Way &way) const;
    // What an answer says, whole or streamed.
    QString saidIn(const HttpAnswer &answer, bool stream) const;
};
Q_DECLARE_METATYPE(const WireFormat *)
