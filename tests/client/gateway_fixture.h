// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/theme.h"
#include "client/session/workspace.h"
#include "shared/auth/auth.h"
#include "shared/http/page.h"
#include "tests/client/wire_server.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

// Somebody who is signed in, and the other end of their wire: what a tab of the gateway needs. Calls are answered by
// `answers`, found by method and path without its query: "GET /api/v1/gateway-limits".
struct GatewayFixture
{
    using Answer = std::function<WireAnswer(const WireRequest &)>;

    // Once for a test program: the theme, and settings that touch nobody's own.
    static void prepare(const QString &folder)
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder);
        static Theme theme;
        theme.install();
    }

    explicit GatewayFixture(const QList<Ability> &abilities)
    {
        server.script = [this](const WireRequest &request) {
            const QByteArray path = request.path.split('?').first();
            const Answer answer = answers.value(request.method + ' ' + path);
            return answer ? answer(request)
                          : WireAnswer{.status = 404, .body = json::print(ApiError::notFound(QStringLiteral("thing")))};
        };
        server.liveScript = [](QWebSocket &socket, const QJsonObject &message) {
            const QString type = message.value(QStringLiteral("type")).toString();
            if (type == QStringLiteral("authenticate"))
                WireServer::say(socket,
                                {{QStringLiteral("type"), QStringLiteral("ready")}, {QStringLiteral("sequence"), 0}});
            else if (type == QStringLiteral("subscribe"))
                WireServer::say(socket,
                                {{QStringLiteral("type"), QStringLiteral("subscribed")},
                                 {QStringLiteral("topics"), message.value(QStringLiteral("topics"))},
                                 {QStringLiteral("sequence"), 0}});
        };
        Account account;
        account.server = server.url().toString();
        account.tenant = QStringLiteral("acme");
        account.email = QStringLiteral("ana@acme.example");
        workspace = std::make_unique<Workspace>(account, folder.path());
        workspace->api().setServer(server.url());
        SignedIn signedIn;
        signedIn.accessToken = QStringLiteral("access");
        signedIn.refreshToken = QStringLiteral("refresh");
        signedIn.expiresIn = 900;
        signedIn.profile.userId = signedIn.profile.tenantId = signedIn.profile.sessionId = QUuid::createUuid();
        signedIn.profile.displayName = QStringLiteral("Ana Prado");
        signedIn.profile.abilities = abilities;
        workspace->session().begin(signedIn);
    }
    ~GatewayFixture() { workspace.reset(); }

    template<class Row> void answerList(const QByteArray &path, const QList<Row> &rows)
    {
        answers["GET " + path] = [rows](const WireRequest &) {
            return WireAnswer{.body = json::print(Page<Row>{rows, {}})};
        };
    }
    // Calls of this method and path that have come.
    QList<WireRequest> calls(const QByteArray &methodAndPath) const
    {
        QList<WireRequest> found;
        for (const WireRequest &request : server.requests)
            if (request.method + ' ' + request.path.split('?').first() == methodAndPath)
                found << request;
        return found;
    }
    static bool show(QWidget &widget)
    {
        widget.resize(1100, 700);
        widget.show();
        widget.activateWindow();
        return QTest::qWaitForWindowActive(&widget);
    }

    WireServer server;
    QHash<QByteArray, Answer> answers;
    QTemporaryDir folder;
    std::unique_ptr<Workspace> workspace;
};
