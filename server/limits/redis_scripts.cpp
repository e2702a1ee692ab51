// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/redis_scripts.h"

#include <QCryptographicHash>

namespace limits {
namespace {

// A window is a hash, as limits::Window is a ring: the fields f and n are the places of its oldest bucket and after its
// latest, u is what is used in all, and each place from f to n holds "bucket amount". A new one begins at the place of
// the present bucket's number, which no place of a former one has reached. Concurrent calls are a sorted set
// of their ids by the time at which their lease ends. All times are those of Redis, so that no two processes differ;
// where its clock is set back a window stands still until it has caught up.
constexpr auto common = R"(
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local bucket = math.floor(now / 100)
local kept = 601
local function parts(text)
  local space = string.find(text, ' ', 1, true)
  return tonumber(string.sub(text, 1, space - 1)), tonumber(string.sub(text, space + 1))
end
local function window(key)
  local h = redis.call('HMGET', key, 'f', 'n', 'u')
  local w = {f = tonumber(h[1]) or bucket, n = tonumber(h[2]) or bucket, u = tonumber(h[3]) or 0}
  local begun = w.f
  while w.f < w.n do
    local b, amount = parts(redis.call('HGET', key, w.f))
    if b + kept > bucket then break end
    redis.call('HDEL', key, w.f)
    w.f = w.f + 1
    w.u = w.u - amount
  end
  if w.f ~= begun then redis.call('HSET', key, 'f', w.f, 'u', w.u) end
  return w
end
local function running(key)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  return redis.call('ZCARD', key)
end
)";

} // namespace

RedisScript::RedisScript(const char *lua)
    : text(QByteArray(common) + lua),
      sha(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex())
{
}

namespace scripts {

const RedisScript &acquire()
{
    static const RedisScript script(R"(
-- KEYS: a counter of each limit. ARGV: the call's id, ms of its lease, then of each limit: w for a window or c for
-- concurrent calls, how much it allows, how much the call needs.
-- Answers 1 or 0, then of each limit: used before, ms until nothing is, ms until the call fits, place in the window.
local lease = tonumber(ARGV[2])
local fits = 1
local found = {}
local answer = {}
for i, key in ipairs(KEYS) do
  local kind, amount, need = ARGV[i * 3], tonumber(ARGV[i * 3 + 1]), tonumber(ARGV[i * 3 + 2])
  local used, resets, wait = 0, 0, 0
  if kind == 'w' then
    local w = window(key)
    found[i] = w
    used = w.u
    if w.f < w.n then
      w.last, w.amount = parts(redis.call('HGET', key, w.n - 1))
      resets = (w.last + kept) * 100 - now
    end
  else
    used = running(key)
  end
  if need > amount - used then
    fits = 0
    if kind == 'w' and need <= amount then
      local freed = 0
      local w = found[i]
      for place = w.f, w.n - 1 do
        local b, a = parts(redis.call('HGET', key, place))
        freed = freed + a
        wait = (b + kept) * 100 - now
        if used - freed + need <= amount then break end
      end
    end
  end
  answer[i * 4 - 2] = used
  answer[i * 4 - 1] = resets
  answer[i * 4] = wait
  answer[i * 4 + 1] = 0
end
answer[1] = fits
if fits == 0 then return answer end
for i, key in ipairs(KEYS) do
  local need = tonumber(ARGV[i * 3 + 2])
  local w = found[i]
  if w then
    local place = w.n
    local b, amount = bucket, need
    if w.last and w.last >= bucket then
      place = w.n - 1
      b, amount = w.last, w.amount + need
    end
    redis.call('HSET', key, place, b .. ' ' .. amount, 'f', w.f, 'n', place + 1, 'u', w.u + need)
    redis.call('PEXPIRE', key, (b - bucket) * 100 + 65000)
    answer[i * 4 + 1] = place
  else
    redis.call('ZADD', key, now + lease, ARGV[1])
    redis.call('PEXPIRE', key, lease + 5000)
  end
end
return answer
)");
    return script;
}

const RedisScript &settle()
{
    static const RedisScript script(R"(
-- KEYS: the counters to which a call comes back. ARGV: its id, then of each: w or c, its place, what is to be added.
for i, key in ipairs(KEYS) do
  if ARGV[i * 3 - 1] == 'c' then
    redis.call('ZREM', key, ARGV[1])
  else
    local place, more = tonumber(ARGV[i * 3]), tonumber(ARGV[i * 3 + 1])
    local w = window(key)
    if place >= w.f and place < w.n then
      local b, amount = parts(redis.call('HGET', key, place))
      redis.call('HSET', key, place, b .. ' ' .. (amount + more), 'u', w.u + more)
    end
  end
end
return 1
)");
    return script;
}

const RedisScript &renew()
{
    static const RedisScript script(R"(
-- KEYS: the sets in which a running call stands, or stood. ARGV: its id, ms of its lease.
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + tonumber(ARGV[2]), ARGV[1])
  redis.call('PEXPIRE', key, tonumber(ARGV[2]) + 5000)
end
return 1
)");
    return script;
}

const RedisScript &used()
{
    static const RedisScript script(R"(
-- KEYS: counters. ARGV: of each w or c. Answers what is used of each.
local answer = {}
for i, key in ipairs(KEYS) do
  if ARGV[i] == 'w' then answer[i] = window(key).u else answer[i] = running(key) end
end
return answer
)");
    return script;
}

} // namespace scripts
} // namespace limits
