// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/postgres_cluster.h"

#include "server/database/setup_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSaveFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace {

constexpr const char *settingsForAll =
    R"(# Written at each start. Your own settings belong into ../local.conf, which wins.
shared_buffers = 64MB
dynamic_shared_memory_type = posix
wal_level = minimal
max_wal_senders = 0
jit = off
random_page_cost = 1.1
# A backup, or the removal of a tenant, touches many tables at once.
max_locks_per_transaction = 512
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# The server logs what it is told by PostgreSQL; statements and values are private and stay out of the file.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_line_prefix = '%m [%p] '
)";

} // namespace

int PostgresCluster::major() const
{
    QFile file(m_folder + u"/PG_VERSION"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
}

void PostgresCluster::prepare(QProcess &process, const ServiceAccount &account)
{
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"LC_ALL"_s, u"C"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(u"/"_s);
    process.setStandardInputFile(QProcess::nullDevice());
    account.runAs(process);
}

void PostgresCluster::removeUnfinished() const
{
    const QDir parent = QFileInfo(m_folder).dir();
    for (const QString &name : parent.entryList({QFileInfo(m_folder).fileName() + u".new-*"_s}, QDir::Dirs))
        QDir(parent.filePath(name)).removeRecursively();
}

void PostgresCluster::create(const QString &initdb, bool durable) const
{
    if (QFileInfo::exists(m_folder))
        throw SetupError(u"%1 exists, but is not a PostgreSQL cluster. Move it away and start again."_s.arg(m_folder));
    // A name of its own: an initdb that lost its server may be busy still and removes what it made.
    QTemporaryDir unfinishedFolder(m_folder + u".new-XXXXXX"_s);
    if (!unfinishedFolder.isValid())
        throw SetupError(u"Cannot make the folder %1: %2."_s.arg(m_folder, unfinishedFolder.errorString()));
    const QString unfinished = unfinishedFolder.path();
    m_account.makeFolder(unfinished, 0700);

    QStringList arguments{
        u"--pgdata"_s,           unfinished,           u"--username"_s, u"patio_owner"_s,     u"--auth-local=peer"_s,
        u"--auth-host=reject"_s, u"--encoding=UTF8"_s, u"--locale=C"_s, u"--data-checksums"_s};
    if (!durable)
        arguments.append(u"--no-sync"_s);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    prepare(process, m_account);
    process.start(initdb, arguments);
    const bool finished = process.waitForFinished(300'000);
    if (!finished || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        throw SetupError(u"Making the database in %1 failed (%2): %3"_s.arg(
            unfinished, process.errorString(), QString::fromLocal8Bit(process.readAll().right(2000)).trimmed()));
    if (!QFile::rename(unfinished, m_folder))
        throw SetupError(u"Cannot rename %1 to %2."_s.arg(unfinished, m_folder));
    unfinishedFolder.setAutoRemove(false);
}

void PostgresCluster::save(const char *name, const QByteArray &text) const
{
    const QString path = m_folder + u'/' + QLatin1StringView(name);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()
        || !QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner))
        throw SetupError(u"Cannot write %1: %2."_s.arg(path, file.errorString()));
    m_account.own(path);
}

void PostgresCluster::writeSettings(const PostgresSettings &settings) const
{
    QByteArray text = settingsForAll;
#ifdef Q_OS_LINUX
    text += "recovery_init_sync_method = syncfs\n"; // after a crash: one call, not one for each file
#endif
    text += "max_connections = " + QByteArray::number(settings.maxConnections) + '\n';
    if (!settings.durable)
        text += "fsync = off\nfull_page_writes = off\n";
    text += "include_if_exists = '../local.conf'\n";
    save("postgresql.conf", text);
    save("pg_hba.conf", "local all all peer map=patio\n");

    // Who may sign in as whom. The owner of the files can anyhow do everything: let pg_dump and the like work for them.
    const QByteArray self = '"' + ServiceAccount::currentUser().toLocal8Bit() + '"';
    QByteArray users = "patio " + self + " patio_owner\npatio " + self + " patio_app\n";
    if (m_account.name() != ServiceAccount::currentUser())
        users += "patio \"" + m_account.name().toLocal8Bit() + "\" patio_owner\n";
    save("pg_ident.conf", users);
}
