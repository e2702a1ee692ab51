// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/session/account.h"

// Why somebody could not sign in, and where on the form that belongs.
struct SignInProblem
{
    enum class Place { Server, Tenant, Email, Password, Code };
    Place place = Place::Server;
    QString text; // translated
    bool asksForCode = false; // the password was right, and there is a second factor
    std::optional<int> retryAfter; // seconds until another try makes sense
    ApiError error; // for the details
};

// One try at signing in with a password, and with a code where there is a second factor. Tell it to start, then wait
// for one of its signals.
class SignInAttempt : public QObject
{
    Q_OBJECT

public:
    explicit SignInAttempt(QObject *parent = nullptr) : QObject(parent) { }

    void start(const Account &account, const QString &password, const QString &code = {});
    void cancel();

Q_SIGNALS:
    // `account` carries the names that the server told.
    void succeeded(const Account &account, const SignedIn &signedIn);
    void failed(const SignInProblem &problem);

private:
    static SignInProblem problemOf(const ApiError &error);

    ApiClient m_api;
    CallHandle m_call;
};
