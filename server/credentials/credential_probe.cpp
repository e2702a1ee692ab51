// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_probe.h"

#include "server/http/mailbox.h"
#include "shared/error.h"

#include <QThread>

#include <future>
#include <map>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostAtOnce = 32;
constexpr int mostOfATenant = 2;

} // namespace

struct CredentialProbe::Parts
{
    explicit Parts(providers::ProviderSettings given) : settings(std::move(given)) { }

    void start();
    void reserve(const QUuid &tenantId);
    void release(const QUuid &tenantId);
    void ask(const QUuid &tenantId, const providers::TenantProvider &access, Done done);

    const providers::ProviderSettings settings;
    QThread thread;
    std::once_flag started;
    std::shared_ptr<http::Mailbox> mailbox;

    // On the thread.
    std::unique_ptr<providers::HttpTransport> transport;
    std::unique_ptr<providers::Registry> registry;
    struct Question
    {
        std::shared_ptr<providers::Provider> provider;
        std::shared_ptr<void> listing; // after the provider: gone before it
    };
    std::map<quint64, Question> questions;
    quint64 last = 0;

    std::mutex mutex;
    QHash<QUuid, int> running; // guarded by the mutex
};

CredentialProbe::CredentialProbe(providers::ProviderSettings settings)
    : m_parts(std::make_unique<Parts>(std::move(settings)))
{
}

CredentialProbe::~CredentialProbe()
{
    m_parts->thread.quit();
    m_parts->thread.wait();
}

void CredentialProbe::Parts::start()
{
    thread.setObjectName(u"probe"_s);
    std::promise<void> ready;
    auto *starter = new QObject;
    starter->moveToThread(&thread);
    QObject::connect(&thread, &QThread::started, starter, [this, &ready, starter] {
        mailbox = std::make_shared<http::Mailbox>();
        transport = std::make_unique<providers::HttpTransport>();
        registry = std::make_unique<providers::Registry>(*transport, settings);
        starter->deleteLater();
        ready.set_value();
    });
    // Runs on the thread itself, when its event loop has ended.
    QObject::connect(&thread, &QThread::finished, [this] {
        mailbox->close();
        questions.clear();
        registry.reset();
        transport.reset();
    });
    thread.start();
    ready.get_future().wait();
}

void CredentialProbe::Parts::reserve(const QUuid &tenantId)
{
    const std::lock_guard lock(mutex);
    int all = 0;
    for (const int count : std::as_const(running))
        all += count;
    if (all >= mostAtOnce || running.value(tenantId) >= mostOfATenant)
        throw ApiError::tooMany(u"Other keys are being tested just now. Try again in some seconds."_s, 5);
    ++running[tenantId];
}

void CredentialProbe::Parts::release(const QUuid &tenantId)
{
    const std::lock_guard lock(mutex);
    if (--running[tenantId] == 0)
        running.remove(tenantId);
}

void CredentialProbe::Parts::ask(const QUuid &tenantId, const providers::TenantProvider &access, Done done)
{
    const quint64 number = ++last;
    const auto finish = [this, tenantId, number, done = std::move(done)](const providers::ModelListing &listing) {
        const auto held = questions.extract(number); // until this function returns
        release(tenantId);
        done(listing);
    };
    try {
        const providers::Target target = registry->reach(access);
        Question &question = questions[number];
        question.provider = target.provider;
        providers::ModelRequest request;
        request.apiKey = target.apiKey;
        request.baseUrl = target.baseUrl;
        request.addresses = target.addresses;
        request.connectTimeout = 5s;
        request.firstByteTimeout = 10s;
        request.idleTimeout = 5s;
        request.totalTimeout = 15s;
        question.listing = target.provider->list(request, finish);
    } catch (const ApiError &error) {
        const QString reason = error.errors.isEmpty() ? error.detail : error.errors.first().message;
        finish({{}, providers::CallError::make(providers::CallError::NotConfigured, reason)});
    }
}

void CredentialProbe::ask(const QUuid &tenantId, const providers::TenantProvider &access, Done done)
{
    Parts &parts = *m_parts;
    parts.reserve(tenantId);
    std::call_once(parts.started, [&parts] { parts.start(); });
    parts.mailbox->post(
        [&parts, tenantId, access, done = std::move(done)]() mutable { parts.ask(tenantId, access, std::move(done)); });
}
