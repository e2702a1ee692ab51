// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/postgres_programs.h"

#include "server/database/setup_error.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int oldestMajor = 14; // recovery_init_sync_method

QStringList subfolders(const QString &parent, const QString &pattern, const QString &below)
{
    QStringList folders;
    for (const QString &name : QDir(parent).entryList({pattern}, QDir::Dirs | QDir::NoDotAndDotDot))
        folders.append(parent + u'/' + name + below);
    return folders;
}

QStringList candidates()
{
    if (const QString chosen = qEnvironmentVariable("PATIO_POSTGRES_BIN"); !chosen.isEmpty())
        return {chosen};
    return subfolders(u"/usr/lib/postgresql"_s, u"*"_s, u"/bin"_s) // Debian, Ubuntu
        + subfolders(u"/usr"_s, u"pgsql-*"_s, u"/bin"_s) // postgresql.org's packages for Red Hat and SUSE
        + subfolders(u"/opt/homebrew/opt"_s, u"postgresql@*"_s, u"/bin"_s) // macOS
        + subfolders(u"/usr/local/opt"_s, u"postgresql@*"_s, u"/bin"_s)
        + qEnvironmentVariable("PATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
}

int majorOf(const QString &postgres)
{
    QProcess process;
    process.start(postgres, {u"--version"_s});
    if (!process.waitForFinished(10000))
        return 0;
    static const QRegularExpression version(u"\\(PostgreSQL\\) (\\d+)"_s);
    return version.match(QString::fromUtf8(process.readAllStandardOutput())).captured(1).toInt();
}

} // namespace

QString PostgresPrograms::postgres() const { return folder + u"/postgres"_s; }
QString PostgresPrograms::initdb() const { return folder + u"/initdb"_s; }

QList<PostgresPrograms> PostgresPrograms::installed()
{
    QList<PostgresPrograms> found;
    QStringList seen;
    for (const QString &folder : candidates()) {
        PostgresPrograms programs{0, folder};
        const QString real = QFileInfo(programs.postgres()).canonicalFilePath();
        if (seen.contains(real) || !QFileInfo(programs.postgres()).isExecutable()
            || !QFileInfo(programs.initdb()).isExecutable())
            continue;
        seen.append(real);
        programs.major = majorOf(programs.postgres());
        if (programs.major)
            found.append(programs);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.major > b.major; });
    return found;
}

PostgresPrograms PostgresPrograms::choose(int major)
{
    const QList<PostgresPrograms> found = installed();
    for (const PostgresPrograms &programs : found) {
        if (major ? programs.major == major : programs.major >= oldestMajor)
            return programs;
    }
    QStringList versions;
    for (const PostgresPrograms &programs : found)
        versions.append(u"%1 in %2"_s.arg(programs.major).arg(programs.folder));
    const QString have = versions.isEmpty() ? u"none was found"_s : u"found: "_s + versions.join(u", "_s);
    if (major)
        throw SetupError(
            u"The database was made by PostgreSQL %1, and its programs are needed to open it; %2. Install "
            "PostgreSQL %1 (on Debian: apt install postgresql-%1), or set PATIO_POSTGRES_BIN to the folder "
            "of its programs. To move to a newer version, run pg_upgrade on the folder, or make a backup "
            "with the old version and restore it into an empty folder with the new one."_s.arg(QString::number(major),
                                                                                               have));
    throw SetupError(u"PostgreSQL %1 or newer is needed; %2. Install it (on Debian: apt install postgresql), set "
                     "PATIO_POSTGRES_BIN to the folder of its programs, or give the URL of a database that runs "
                     "elsewhere."_s.arg(QString::number(oldestMajor), have));
}
