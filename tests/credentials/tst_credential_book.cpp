// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_service.h"
#include "server/database/listener.h"
#include "server/security/secret_box.h"
#include "shared/id.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace Qt::StringLiterals;
using providers::AddressPolicy;

// What several processes know of a tenant's keys, each with its own book over one database.
class TestCredentialBook : public QObject
{
    Q_OBJECT

    struct Process
    {
        explicit Process(TestDatabase &database, const SecretBox &box, const std::string &listenUrl)
            : book(database.database(), box),
              service(database.database(), box, book, AddressPolicy::PublicOnly, [] {}),
              listener(listenUrl, {QString::fromLatin1(CredentialBook::channel)})
        {
            book.follow(listener);
            listener.start();
        }

        CredentialBook book;
        CredentialService service;
        Listener listener;
    };

    TestDatabase m_database;
    const SecretBox m_box = SecretBox::random();

    Caller person()
    {
        return {.userId = newId(),
                .tenantId = m_database.makeTenant().tenantId,
                .sessionId = {},
                .abilities = Abilities().set(),
                .displayName = u"Ana"_s,
                .address = {}};
    }

    static QByteArray keyIn(CredentialBook &book, const Caller &caller)
    {
        const auto access = book.of(caller.tenantId);
        return access->isEmpty() ? QByteArray() : access->first().credentials.apiKey;
    }

    static NewCredential openAi(const QString &key) { return {u"openai"_s, ProviderKind::OpenAi, key, {}}; }

private Q_SLOTS:
    void otherProcessesHearOfChanges()
    {
        Process here(m_database, m_box, m_database.appUrl()), there(m_database, m_box, m_database.appUrl());
        QTRY_VERIFY(here.listener.isConnected() && there.listener.isConnected());
        const Caller ana = person(), other = person();
        QCOMPARE(keyIn(there.book, ana), QByteArray());

        const Credential made = here.service.create(ana, openAi(u"sk-1"_s));
        QCOMPARE(keyIn(here.book, ana), "sk-1"); // at once
        QTRY_COMPARE_WITH_TIMEOUT(keyIn(there.book, ana), "sk-1", 1000);
        const Credential changed = here.service.update(ana, made.id, made.revision, {u"sk-2"_s, {}});
        QCOMPARE(keyIn(here.book, ana), "sk-2");
        QTRY_COMPARE_WITH_TIMEOUT(keyIn(there.book, ana), "sk-2", 1000);
        QCOMPARE(keyIn(there.book, other), QByteArray());
        there.service.remove(ana, made.id, changed.revision);
        QTRY_COMPARE_WITH_TIMEOUT(keyIn(here.book, ana), QByteArray(), 1000);
    }

    // A call needs no query: what changes behind the service's back is not seen.
    void isReadOnce()
    {
        Process process(m_database, m_box, m_database.appUrl());
        QTRY_VERIFY(process.listener.isConnected());
        const Caller ana = person();
        process.service.create(ana, openAi(u"sk-1"_s));
        const auto access = process.book.of(ana.tenantId);
        m_database.database().transaction(ana.scope(),
                                          [](Transaction &tx) { tx.run("DELETE FROM provider_credentials"); });
        QCOMPARE(process.book.of(ana.tenantId), access);
    }

    // Without word from others nothing is trusted for long.
    void isReadAgainWithoutWord()
    {
        Process deaf(m_database, m_box, "host=/nonexistent dbname=none"), here(m_database, m_box, m_database.appUrl());
        const Caller ana = person();
        QCOMPARE(keyIn(deaf.book, ana), QByteArray());
        here.service.create(ana, openAi(u"sk-1"_s));
        QTRY_COMPARE_WITH_TIMEOUT(keyIn(deaf.book, ana), "sk-1", 3000);
    }

    void keysAreSealedForTheirRow()
    {
        Process process(m_database, m_box, m_database.appUrl());
        const Caller ana = person(), thief = person();
        process.service.create(ana, openAi(u"sk-of-ana"_s));
        process.service.create(thief, openAi(u"sk-of-thief"_s));
        const auto sealed = [&](const Caller &caller) {
            return m_database.database().transaction(caller.scope(), [](Transaction &tx) {
                return tx.one<QByteArray>("SELECT sealed_key FROM provider_credentials");
            });
        };
        QVERIFY(!sealed(ana).contains("sk-of-ana"));
        // Copied to another tenant it does not open, and says so instead of being used.
        m_database.database().transaction(thief.scope(), [stolen = sealed(ana)](Transaction &tx) {
            tx.run("UPDATE provider_credentials SET sealed_key = $1", stolen);
        });
        process.book.forget(thief.tenantId);
        const auto access = process.book.of(thief.tenantId);
        QVERIFY(access->first().credentials.apiKey.isEmpty());
        QVERIFY(access->first().problem.contains(u"master key"));

        const SecretBox otherBox = SecretBox::random();
        CredentialBook foreign(m_database.database(), otherBox);
        QVERIFY(!foreign.of(ana.tenantId)->first().problem.isEmpty());
    }

    // The result of a test of an older key says nothing about the present one.
    void lateTestsAreForgotten()
    {
        Process process(m_database, m_box, m_database.appUrl());
        const Caller ana = person();
        const Credential made = process.service.create(ana, openAi(u"sk-1"_s));
        const auto early = process.service.question(ana, made.id);
        process.service.answer(ana, early, {{u"gpt-1"_s}, {}});
        QVERIFY(process.service.get(ana, made.id).lastCheck->works);
        QCOMPARE(process.service.get(ana, made.id).revision, made.revision); // a test changes nothing that is edited
        process.service.update(ana, made.id, made.revision, {u"sk-2"_s, {}});
        QVERIFY(!process.service.get(ana, made.id).lastCheck);
        process.service.answer(ana, early, {{u"gpt-1"_s}, {}});
        QVERIFY(!process.service.get(ana, made.id).lastCheck);
    }
};

QTEST_GUILESS_MAIN(TestCredentialBook)
#include "tst_credential_book.moc"
