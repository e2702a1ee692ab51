// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/embedded_postgres.h"

#include "server/database/setup_error.h"

// Windows has no users checked by the operating system on a local socket, which the private cluster rests on.
class FolderLock
{
};
class PostgresCluster
{
};

EmbeddedPostgres::EmbeddedPostgres(EmbeddedPostgresOptions, QObject *parent) : QObject(parent), m_pause(0) { }
EmbeddedPostgres::~EmbeddedPostgres() = default;
std::string EmbeddedPostgres::url(const char *, const char *) const { return {}; }
void EmbeddedPostgres::stop() { }

void EmbeddedPostgres::start()
{
    throw SetupError(
        QStringLiteral("The built-in PostgreSQL is not available on Windows. Install PostgreSQL and give the "
                       "URL of a database."));
}

std::optional<std::string> EmbeddedPostgres::runningOwnerUrl(const QString &) { return std::nullopt; }
