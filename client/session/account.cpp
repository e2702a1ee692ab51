// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/account.h"

#include "shared/json/json.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QLoggingCategory>
#include <QSaveFile>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcAccounts, "client.session")

QString Account::folderName() const
{
    const QByteArray hash = QCryptographicHash::hash(key().toUtf8(), QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(hash.first(24));
}

QUrl serverAddress(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    if (!text.contains(u"://"_s)) {
        const QString host = QUrl(u"http://"_s + text).host();
        const bool local = host == u"localhost"_s || QHostAddress(host).isLoopback();
        text.prepend(local ? u"http://"_s : u"https://"_s);
    }
    QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == u"http"_s || url.scheme() == u"https"_s;
    if (!url.isValid() || !web || url.host().isEmpty() || !url.userInfo().isEmpty())
        return {};
    QUrl bare;
    bare.setScheme(url.scheme());
    bare.setHost(url.host());
    bare.setPort(url.port());
    return bare;
}

AccountList::AccountList(const QString &file) : m_file(file)
{
    QFile stored(file);
    if (!stored.open(QFile::ReadOnly))
        return;
    try {
        m_accounts = json::parse<QList<Account>>(stored.readAll());
    } catch (const std::runtime_error &error) {
        qCWarning(lcAccounts, "the list of accounts is not readable: %s", error.what());
    }
}

std::optional<Account> AccountList::lastUsed() const
{
    return m_accounts.isEmpty() ? std::nullopt : std::optional(m_accounts.first());
}

void AccountList::put(const Account &account)
{
    m_accounts.removeIf([&](const Account &known) { return known.key() == account.key(); });
    m_accounts.prepend(account);
    save();
}

void AccountList::remove(const Account &account)
{
    m_accounts.removeIf([&](const Account &known) { return known.key() == account.key(); });
    save();
}

void AccountList::save() const
{
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile stored(m_file);
    if (!stored.open(QFile::WriteOnly) || stored.write(json::print(m_accounts)) < 0 || !stored.commit())
        qCWarning(lcAccounts, "the list of accounts could not be saved: %s", qUtf8Printable(stored.errorString()));
}
