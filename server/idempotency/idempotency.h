// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/idempotency/idempotency_store.h"
#include "server/security/secret_box.h"

#include <variant>

// Lets a client repeat a POST without making a thing twice: the answer to the first request with an Idempotency-Key is
// kept for a day and given again. Keys belong to a user. Only successes are kept: what was refused has made nothing and
// may be tried again with the same key. Any thread; blocks on the database, outside of other transactions.
//
//   (no row) ──begin──► running ──finish──► answered ──a day──► (no row)
//                          └──Run dropped──► (no row)
//
// When the process dies in between, the outcome is unknown: then the key is refused, and nothing is made twice.
class Idempotency
{
public:
    using Saved = IdempotencyStore::Saved;

    Idempotency(Database &database, const SecretBox &box);

    // The right to answer the request of a key. Dropped without finish(), the key is free again.
    class Run
    {
    public:
        Run(Database &database, const Caller &caller, QString key);
        ~Run();
        Run(const Run &) = delete;
        Run &operator=(const Run &) = delete;

        void finish(const Saved &answer); // a failure to keep it is logged only: the thing has been made
        void free(); // before a refusal is sent, or the same key would be refused to whoever mends the request quickly
        void leaveUnknown() { m_finished = true; } // the connection was lost in the middle of COMMIT

    private:
        Database &m_database;
        const TenantScope m_scope;
        const QUuid m_userId;
        const QString m_key;
        bool m_finished = false;
    };

    // For a request whose answer is made anew from what it made, such as that for a job. The key is then written in the
    // transaction that makes the thing: nothing is ever half done, and nobody is told to come again.
    struct Key
    {
        QString text;
        QByteArray requestHash;
    };
    Key key(const QByteArray &key, const QByteArray &request) const; // throws 400 for a malformed one
    // What the first request with this key made. Nothing: this is the first, and made() follows before the transaction
    // ends; others wait until then. Throws 422 for another request.
    static std::optional<QUuid> madeBefore(Transaction &tx, const QUuid &userId, const Key &key);
    static void made(Transaction &tx, const QUuid &userId, const Key &key, const QUuid &id);

    // `request`: method, address and body, by which a different request under the same key is told. Throws ApiError:
    // 400 for a malformed key, 409 while the first request runs or when it was cut off, 422 for another request.
    std::variant<Saved, std::shared_ptr<Run>> begin(const Caller &caller, const QByteArray &key,
                                                    const QByteArray &request);

private:
    Database &m_database;
    const SecretBox &m_box;
};
