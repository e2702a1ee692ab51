// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/usage/usage_store.h"
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>

// Two servers on one database, as processes are, and a way into its ledger.
class PriceFixture
{
public:
    PriceFixture()
    {
        const QByteArray key(64, 'b');
        first.emplace([&](Config &config) { config.masterKey = key; });
        second.emplace([&](Config &config) {
            config.masterKey = key;
            config.demo = false;
            config.roles.worker = false;
            config.databaseUrl = url("patio_app");
            config.databaseOwnerUrl = url("patio_owner");
        });
        database.emplace(DatabaseOptions{.session = {.url = url("patio_app").toStdString()}, .connections = 2});
    }

    QUuid tenant(const QString &slug)
    {
        const QString role = slug == QLatin1StringView("platform") ? QString() : QStringLiteral("owner");
        const QByteArray token = role.isEmpty() ? first->operatorToken() : first->token(slug, role);
        return QUuid::fromString(
            first->get(QStringLiteral("/api/v1/me"), token).json().value(QStringLiteral("tenantId")).toString());
    }

    static UsageStore::Call call(const QString &model, const TokenUsage &usage, const QDateTime &at,
                                 std::optional<qint64> costNanos)
    {
        UsageStore::Call call;
        call.attemptId = newId();
        call.calledAt = at;
        call.userName = QStringLiteral("=Dora");
        call.model = model;
        call.usage = usage;
        call.costNanos = costNanos;
        return call;
    }

    void record(const QUuid &tenant, const QList<UsageStore::Call> &calls)
    {
        database->transaction({tenant}, [&](Transaction &tx) { UsageStore::record(tx, calls); });
    }

    QString url(const char *user) const
    {
        return QStringLiteral("host='%1/data/postgres/socket' port=5432 dbname=patio user=%2")
            .arg(first->folder(), QLatin1StringView(user));
    }

    std::optional<TestServer> first;
    std::optional<TestServer> second;
    std::optional<Database> database;
};
