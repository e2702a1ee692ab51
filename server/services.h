// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/audit/audit.h"
#include "server/auth/identity.h"
#include "server/budgets/budgets.h"
#include "server/chat/assistants/assistants.h"
#include "server/chat/chat.h"
#include "server/config/config.h"
#include "server/credentials/credentials.h"
#include "server/database/database.h"
#include "server/evaluations/evaluations.h"
#include "server/gateway/gateway.h"
#include "server/idempotency/idempotency.h"
#include "server/jobs/jobs.h"
#include "server/limits/limits.h"
#include "server/live/live_service.h"
#include "server/templates/bundle_service.h"
#include "server/templates/draft_service.h"
#include "server/templates/label_service.h"
#include "server/templates/render_service.h"
#include "server/templates/shelf_service.h"
#include "server/templates/template_service.h"
#include "server/usage/prices.h"

#include <functional>

class Migrations;
namespace http {
class Router;
}

int passwordThreads(const Config &config);
SecretBox masterKeyOf(const Config &config); // makes the file where there is none; throws SecretBoxError

// The features of the server and who is connected to whom. Making it touches nothing outside; start() does.
struct Services
{
    using Work = std::function<bool(std::function<void()>)>;

    // `process`: the number of this process, which the Listener makes known.
    Services(const Config &config, Database &database, Migrations &migrations, Work work, qint64 process);
    ~Services();

    void prepare(); // before the first request: keys, sessions; throws SetupError
    // Demo data, workers. `listenUrl` reaches PostgreSQL itself, for word from other processes.
    void start(const QString &baseUrl, const std::string &listenUrl);
    // For whoever starts the server, while there is no operator yet; makes the first one.
    std::optional<QString> offerSetupToken() { return identity.setup.offerToken(); }
    void stop(std::chrono::milliseconds grace); // finishes or hands back running jobs
    void addRoutes(http::Router &router);
    // Who sends this bearer token: a person's session, or a program with a gateway key. Throws ApiError.
    Caller authenticate(const QByteArray &token, const QByteArray &address);
    void deliver(const QList<LoggedEvent> &events); // numbered just now, in order, by this process
    void newsFor(const QList<QUuid> &tenants, bool all); // another process has numbered events of these

    const Config config;
    Database &database;
    SecretBox secrets = SecretBox::random(); // prepare() puts the master key in
    Identity identity;
    Idempotency idempotency;
    std::function<void()> eventsWritten; // set by the application: something was committed with events
    Audit audit;
    TemplateService templates;
    LabelService templateLabels;
    ShelfService templateShelf;
    DraftService templateDrafts;
    RenderService templateRendering;
    BundleService templateBundles;
    Credentials credentials;
    Budgets budgets;
    Jobs jobs;
    Evaluations evaluations;
    Chat chat;
    Assistants assistants;
    Limits limits;
    Prices prices;
    Gateway gateway;
    LiveService live;

private:
    void announce();
};
