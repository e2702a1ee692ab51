// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/redis_check.h"

#include "server/limits/redis_address.h"
#include "server/limits/redis_info.h"

#include <hiredis/hiredis.h>

#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace {

struct FreeContext
{
    void operator()(redisContext *context) const { redisFree(context); }
};

QByteArray ask(redisContext *context, const QList<QByteArray> &words)
{
    QList<const char *> texts;
    QList<std::size_t> sizes;
    for (const QByteArray &word : words) {
        texts.append(word.constData());
        sizes.append(std::size_t(word.size()));
    }
    auto *const reply =
        static_cast<redisReply *>(redisCommandArgv(context, int(texts.size()), texts.data(), sizes.data()));
    if (!reply)
        throw std::runtime_error(context->errstr);
    const bool isError = reply->type == REDIS_REPLY_ERROR;
    const QByteArray text = reply->str ? QByteArray(reply->str, qsizetype(reply->len)) : QByteArray();
    freeReplyObject(reply);
    if (isError)
        throw std::runtime_error(text.toStdString());
    return text;
}

} // namespace

Finding examineRedis(const QString &url)
{
    const QString subject = u"Redis"_s;
    try {
        const auto address = limits::RedisAddress::parse(url);
        const std::unique_ptr<redisContext, FreeContext> context(
            redisConnectWithTimeout(address.host.toUtf8().constData(), address.port, {3, 0}));
        if (!context || context->err)
            throw std::runtime_error(context ? context->errstr : "no memory");
        redisSetTimeout(context.get(), {3, 0});
        if (!address.user.isEmpty())
            ask(context.get(), {"AUTH", address.user, address.password});
        else if (!address.password.isEmpty())
            ask(context.get(), {"AUTH", address.password});
        ask(context.get(), {"SELECT", QByteArray::number(address.database)});
        ask(context.get(), {"EVAL", "return redis.call('TIME')[1]", "0"});
        const QByteArray info = ask(context.get(), {"INFO"});
        const QByteArray policy = limits::lineOf(info, "maxmemory_policy");
        if (!policy.isEmpty() && policy != "noeviction")
            return {subject, false,
                    u"forgets counters when memory is short (maxmemory-policy %1), and would let more through than "
                    "limits say. Set maxmemory-policy noeviction."_s.arg(QString::fromLatin1(policy))};
        QString detail = u"Redis %1 answers"_s.arg(QString::fromLatin1(limits::lineOf(info, "redis_version")));
        if (limits::lineOf(info, "aof_enabled") == "0")
            detail +=
                u"; without `appendonly yes` calls under limits are refused for a minute after it was restarted"_s;
        return {subject, true, detail};
    } catch (const std::exception &error) {
        return {subject, false, u"cannot be used: %1"_s.arg(QString::fromUtf8(error.what()))};
    }
}
