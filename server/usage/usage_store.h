// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/json/json.h"
#include "shared/usage/token_usage.h"

#include <QDateTime>
#include <QUuid>

// SQL of the usage ledger, in a transaction of the tenant.
namespace UsageStore {

enum class CallStatus { Succeeded, Failed, Canceled, Lost };

// A call has one row of the kind Call. Where that was written as lost and its end becomes known later, a reversal takes
// it back and a correction says what is true.
enum class Entry { Call, Reversal, Correction };

// One row: a provider call that was settled or lost.
struct Call
{
    QUuid attemptId;
    Entry entry = Entry::Call;
    std::optional<QUuid> jobId; // absent: through the gateway
    QDateTime calledAt;
    std::optional<QUuid> userId;
    QString userName;
    std::optional<QUuid> templateId;
    QString templateName;
    std::optional<int> templateVersion;
    std::optional<QUuid> keyId; // of the gateway
    QString keyName;
    QString model; // provider/model-name
    CallStatus status = CallStatus::Succeeded;
    TokenUsage usage;
    bool isEstimated = false;
    std::optional<qint64> costNanos;
    std::optional<qint64> firstTokenMs;
    qint64 totalMs = 0;
    bool isCacheHit = false; // answered by the gateway's own cache: no provider was called, and it cost nothing
    std::optional<qint64> savedNanos; // what the answer from the cache would have cost
};

// The same with its figures below zero.
Call reversal(Call lost);

// What a call of record() has written.
struct Recorded
{
    bool isTimeToSum = false; // so many rows are not in the sums yet: UsageRollup::sumUp, after this transaction
    qint64 batch = 0; // the number that its rows have in common
    qint64 rows = 0; // fewer than were given where some had theirs already

    static constexpr auto fields()
    {
        using T = Recorded;
        return std::tuple{Field{"isTimeToSum", &T::isTimeToSum}, Field{"batch", &T::batch}, Field{"rows", &T::rows}};
    }
};
// Writes the rows. What has its row already is passed over.
Recorded record(Transaction &tx, const QList<Call> &calls);
// Which of these attempts have their row from that batch.
QSet<QUuid> recordedIn(Transaction &tx, qint64 batch, const QList<QUuid> &attempts);

} // namespace UsageStore

template<>
inline constexpr auto enumNames<UsageStore::CallStatus> = std::to_array({"succeeded", "failed", "canceled", "lost"});
template<> inline constexpr auto enumNames<UsageStore::Entry> = std::to_array({"call", "reversal", "correction"});
