// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/security/access_tokens.h"
#include "server/security/secret_box.h"

#include <QDateTime>

#include <chrono>
#include <functional>
#include <mutex>

class Listener;

// Keeps the signing keys of this process in step with the database and makes the next one in time:
//
//   made ──a day──► signs ──30 days──► verifies only ──an hour──► gone
//
// The day gives every process, and whoever reads the published keys, time to learn of the new one. Any thread; blocks
// on the database when something is due.
class SigningKeys
{
public:
    using Now = std::function<QDateTime()>;
    SigningKeys(Database &database, const SecretBox &box, AccessTokens &tokens,
                Now now = QDateTime::currentDateTimeUtc);

    // Reads the keys, makes one when one is due. Call at the start. Throws SecretBoxError when the master key is
    // another than the one that sealed them.
    void load();
    // load() when the last one was more than some minutes ago. Before each use of the keys.
    void refresh();
    // Makes a key outside of its turn. It signs after the day that lets everybody learn of it, or from now on. What the
    // keys before it have signed stays good until it ends by itself. Returns the key's id.
    QString rotate(bool fromNowOn);
    // Passes on what a listener on `channel` hears: the next use reads the keys again, in every process. Both must live
    // until the listener is gone.
    void follow(Listener &listener);
    static constexpr const char *channel = "patio_keys";
    // For a token with an unknown key: another process may have made it. At most once a second. True when the keys were
    // read again.
    bool reload();

private:
    QString make(Transaction &tx, const QDateTime &now, const QDateTime &from);
    bool olderThan(std::chrono::steady_clock::duration age);

    Database &m_database;
    const SecretBox &m_box;
    AccessTokens &m_tokens;
    const Now m_now;
    std::mutex m_mutex;
    std::optional<std::chrono::steady_clock::time_point> m_loadedAt;
    QList<QByteArray> m_ids; // in use
};
