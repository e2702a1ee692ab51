// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/session/demo_file.h"
#include "tests/support/provider_server.h"

#include <QProcess>
#include <QTemporaryDir>

// The real server as its own process, with the demo's tenants and people, and a provider on the wire behind it whose
// answers cost money. Everything lies in a folder that goes with it.
class DemoStack
{
public:
    DemoStack() = default;
    ~DemoStack();

    bool start(); // again on the same port after stop()
    void stop(); // as an operator would
    void kill(); // as a power cut would

    QString demoFile() const { return m_folder.filePath(QStringLiteral("data/demo.json")); }
    const DemoFile &demo() const { return m_demo; }
    DemoUser user(Role role) const; // of acme
    ProviderServer &provider() { return m_provider; }

    // As the owner of the server's database, for what only time would make: a past.
    bool runSql(const QString &file);

    // An API client that is signed in as somebody, for what others do meanwhile.
    std::unique_ptr<ApiClient> signedIn(Role role);
    std::unique_ptr<ApiClient> signedIn(const QString &tenant, const DemoUser &person);

    // The first operator, of the tenant `platform`, made with the link that the server printed. Once.
    DemoUser makeOperator();
    QString setupLink(); // as printed

    static constexpr auto pricedModel = "openai/gpt-4o-mini";

private:
    QTemporaryDir m_folder;
    ProviderServer m_provider;
    QProcess m_process;
    DemoFile m_demo;
    QString m_listen = QStringLiteral("127.0.0.1:0");
};
