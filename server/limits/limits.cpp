// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limits.h"

#include "server/limits/limit_routes.h"
#include "server/limits/memory_counter.h"
#include "server/limits/redis_counter.h"

namespace {

std::unique_ptr<limits::Counter> makeCounter(const QString &redisUrl)
{
    if (redisUrl.isEmpty())
        return std::make_unique<limits::MemoryCounter>();
    return std::make_unique<limits::RedisCounter>(limits::RedisAddress::parse(redisUrl));
}

} // namespace

Limits::Limits(const Config &config, Database &database)
    : book(database),
      m_counter(makeCounter(config.redisUrl)),
      counter(*m_counter),
      service(database, book, counter)
{
}

Limits::~Limits() = default;

void Limits::addRoutes(http::Router &router) { addLimitRoutes(router, service); }
