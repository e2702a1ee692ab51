// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/openai.h"
#include "server/providers/registry.h"
#include "shared/error.h"

#include <QProcessEnvironment>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace providers;

class TestRegistry : public QObject
{
    Q_OBJECT

    HttpTransport m_transport;

    template<class Function> static QString problem(Function function)
    {
        try {
            function();
        } catch (const ApiError &error) {
            return u"%1 %2: %3"_s.arg(error.status).arg(error.errors.value(0).pointer, error.errors.value(0).message);
        }
        return {};
    }

private Q_SLOTS:
    void readsTheEnvironment()
    {
        QProcessEnvironment environment;
        environment.insert(u"OPENAI_API_KEY"_s, u" sk-1\n"_s);
        environment.insert(u"ANTHROPIC_BASE_URL"_s, u"http://127.0.0.1:9"_s);
        environment.insert(u"GEMINI_API_KEY"_s, u"AIza-1"_s);
        environment.insert(u"GEMINI_BASE_URL"_s, u"http://127.0.0.1:8"_s);
        const ProviderSettings settings = ProviderSettings::fromEnvironment(environment);
        QCOMPARE(settings.openAi.apiKey, "sk-1");
        QVERIFY(settings.openAi.baseUrl.isEmpty());
        QVERIFY(settings.anthropic.apiKey.isEmpty());
        QCOMPARE(settings.google.apiKey, "AIza-1");
        QCOMPARE(settings.google.baseUrl, QUrl(u"http://127.0.0.1:8"_s));
        QCOMPARE(settings.anthropic.baseUrl, QUrl(u"http://127.0.0.1:9"_s));

        const Registry registry(m_transport, settings);
        QStringList states;
        for (const ProviderState &state : registry.providers())
            states.append(state.name + (state.isConfigured ? u"+"_s : u"-"_s));
        QCOMPARE(states, (QStringList{u"anthropic+"_s, u"demo+"_s, u"google+"_s, u"openai+"_s}));
    }

    void resolves()
    {
        ProviderSettings settings;
        settings.openAi = {"sk-1", {}};
        settings.compatible = {{u"ollama"_s, {{}, QUrl(u"http://127.0.0.1:11434/v1"_s)}}};
        const Registry registry(m_transport, settings);

        const Target openAi = registry.resolve(u"openai/gpt-4o"_s);
        QCOMPARE(openAi.provider->name(), u"openai"_s);
        QCOMPARE(openAi.model, u"gpt-4o"_s);
        QCOMPARE(openAi.apiKey, "sk-1");
        QCOMPARE(openAi.addresses, AddressPolicy::Any);
        const Target ollama = registry.resolve(u"ollama/library/llama3:8b"_s);
        QCOMPARE(ollama.provider->name(), u"ollama"_s);
        QCOMPARE(ollama.model, u"library/llama3:8b"_s);
        QCOMPARE(ollama.baseUrl, QUrl(u"http://127.0.0.1:11434/v1"_s));
        QCOMPARE(registry.resolve(u"demo/echo"_s).provider->name(), u"demo"_s);
    }

    void tenantsBringTheirOwn()
    {
        ProviderSettings settings;
        settings.openAi = {"sk-operator", QUrl(u"http://10.0.0.1/v1"_s)};
        const Registry registry(m_transport, settings);

        const auto own = [](const QString &name, const Credentials &credentials,
                            ProviderKind kind = ProviderKind::OpenAi) {
            return QList<TenantProvider>{{name, kind, credentials, {}}};
        };
        const Target key = registry.resolve(u"openai/m"_s, own(u"openai"_s, {"sk-tenant", {}}));
        QCOMPARE(key.apiKey, "sk-tenant");
        QCOMPARE(key.baseUrl, settings.openAi.baseUrl);
        QCOMPARE(key.addresses, AddressPolicy::Any);
        // The operator's key must not go where a tenant says, nor a tenant into the operator's network.
        const Target url = registry.resolve(u"openai/m"_s, own(u"openai"_s, {{}, QUrl(u"https://example.org/v1"_s)}));
        QVERIFY(url.apiKey.isEmpty());
        QCOMPARE(url.baseUrl, QUrl(u"https://example.org/v1"_s));
        QCOMPARE(url.addresses, AddressPolicy::PublicOnly);
        QCOMPARE(registry.resolve(u"anthropic/m"_s, own(u"anthropic"_s, {"k", {}}, ProviderKind::Anthropic)).apiKey,
                 "k");
        QCOMPARE(registry.resolve(u"google/m"_s, own(u"google"_s, {"k", {}}, ProviderKind::Google)).apiKey, "k");
        QCOMPARE(registry.resolve(u"openai/m"_s, own(u"anthropic"_s, {"k", {}})).apiKey, "sk-operator");
        // A server under a name of the tenant's own.
        const Credentials server{"k", QUrl(u"https://models.example.org/v1"_s)};
        const Target vllm = registry.resolve(u"vllm/meta/llama-3"_s, own(u"vllm"_s, server));
        QCOMPARE(vllm.provider->name(), u"vllm"_s);
        QCOMPARE(vllm.model, u"meta/llama-3"_s);
        QCOMPARE(vllm.addresses, AddressPolicy::PublicOnly);
        QVERIFY(problem([&] { (void)registry.resolve(u"vllm/m"_s); }).contains(u"no provider “vllm”"));
        QVERIFY(problem([&] {
                    (void)registry.resolve(u"vllm/m"_s, own(u"vllm"_s, {"k", {}}));
                }).contains(u"needs a base URL"));
        QVERIFY(
            problem([&] {
                (void)registry.resolve(u"openai/m"_s, {{u"openai"_s, ProviderKind::OpenAi, {}, u"It is locked."_s}});
            }).contains(u"It is locked."));
        // A server that had a provider's name before it was one goes on speaking its own format.
        const auto format = [&](ProviderKind kind) {
            const auto found = registry.resolve(u"google/m"_s, own(u"google"_s, server, kind)).provider;
            return QString::fromLatin1(dynamic_cast<OpenAi *>(found.get()) ? "openai" : "google");
        };
        QCOMPARE(format(ProviderKind::OpenAi), u"openai"_s);
        QCOMPARE(format(ProviderKind::Google), u"google"_s);
        // Where the operator trusts them, tenants may reach into the server's own networks.
        settings.tenantAddresses = AddressPolicy::Any;
        const Registry trusting(m_transport, settings);
        QCOMPARE(trusting.resolve(u"vllm/m"_s, own(u"vllm"_s, server)).addresses, AddressPolicy::Any);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no slash") << u"gpt-4o"_s << u"must be a provider, a slash and a model"_s;
        QTest::newRow("no provider") << u"/gpt-4o"_s << u"must be a provider, a slash and a model"_s;
        QTest::newRow("no model") << u"openai/"_s << u"must be a provider, a slash and a model"_s;
        QTest::newRow("unknown") << u"nobody/x"_s << u"there are anthropic, demo, google, openai"_s;
        QTest::newRow("no key") << u"anthropic/claude"_s << u"set ANTHROPIC_API_KEY"_s;
        QTest::newRow("no key of Google") << u"google/gemini"_s << u"set GEMINI_API_KEY"_s;
    }

    void refusals()
    {
        QFETCH(QString, model);
        QFETCH(QString, expected);
        const Registry registry(m_transport, {});
        const QString said = problem([&] { (void)registry.resolve(model); });
        QVERIFY2(said.startsWith(u"422 /model: ") && said.contains(expected), qPrintable(said));
    }

    void badSettings_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("no scheme") << u"localhost:11434"_s;
        QTest::newRow("file") << u"file:///etc"_s;
        QTest::newRow("no host") << u"http://"_s;
        QTest::newRow("user") << u"http://me@host/"_s;
        QTest::newRow("query") << u"http://host/?a=1"_s;
    }

    void badSettings()
    {
        QFETCH(QString, url);
        ProviderSettings settings;
        settings.openAi.baseUrl = QUrl(url);
        QVERIFY(problem([&] { Registry(m_transport, settings); }).contains(u"OPENAI_BASE_URL must be"));
        const Registry registry(m_transport, {});
        QVERIFY(problem([&] {
                    (void)registry.resolve(u"openai/m"_s, {{u"openai"_s, ProviderKind::OpenAi, {"k", QUrl(url)}, {}}});
                }).contains(u"must be"));
    }

    void badNames()
    {
        for (const QString &name : {u""_s, u"Upper"_s, u"a/b"_s, u"demo"_s}) {
            ProviderSettings settings;
            settings.compatible = {{name, {{}, QUrl(u"http://h"_s)}}};
            QVERIFY2(!problem([&] { Registry(m_transport, settings); }).isEmpty(), qPrintable(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
