// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_record.h"

namespace {

constexpr std::array kinds{&TokenUsage::input,          &TokenUsage::cachedInput, &TokenUsage::cacheWrite,
                           &TokenUsage::cacheWriteHour, &TokenUsage::output,      &TokenUsage::reasoning};

} // namespace

JournalLine JournalLine::of(const CallBegin &begin)
{
    JournalLine line;
    line.begin = begin;
    return line;
}

JournalLine JournalLine::of(const QUuid &attemptId, const CallEnd &end)
{
    JournalLine line;
    line.ended = attemptId;
    line.status = end.status;
    line.wasCalled = end.wasCalled;
    for (qint64 TokenUsage::*kind : kinds)
        line.tokens.append(end.usage.*kind);
    line.isEstimated = end.isEstimated;
    line.firstTokenMs = end.firstTokenMs;
    line.totalMs = end.totalMs;
    line.isCacheHit = end.isCacheHit;
    return line;
}

CallEnd JournalLine::end() const
{
    CallEnd end;
    end.status = status.value_or(UsageStore::CallStatus::Lost);
    end.wasCalled = wasCalled;
    for (std::size_t i = 0; i < kinds.size() && qsizetype(i) < tokens.size(); ++i)
        end.usage.*kinds[i] = tokens.at(qsizetype(i));
    end.isEstimated = isEstimated;
    end.firstTokenMs = firstTokenMs;
    end.totalMs = totalMs;
    end.isCacheHit = isCacheHit;
    return end;
}

WIRE_CODE(CallBegin)
WIRE_CODE(JournalLine)
