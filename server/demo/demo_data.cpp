// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/demo/demo_data.h"

#include "server/database/setup_error.h"
#include "server/security/base64.h"
#include "server/security/random.h"
#include "server/tenants/tenant_store.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcDemo, "server.demo")

// What the demo makes stands in the audit log under this name.
Caller nobody()
{
    Caller caller;
    caller.displayName = u"Demo"_s;
    return caller;
}

QString randomPassword() { return QString::fromLatin1(base64::encode(security::randomBytes(18))); }

} // namespace

struct DemoData::SeedUser
{
    QString email;
    QString displayName;
    Role role = Role::Viewer;

    static constexpr auto fields()
    {
        using T = SeedUser;
        return std::tuple{Field{"email", &T::email}, Field{"displayName", &T::displayName}, Field{"role", &T::role}};
    }
};

struct DemoData::SeedTenant
{
    QString slug;
    QString name;
    QJsonObject theme;
    QList<SeedUser> users; // the owner first
    QList<NewTemplate> templates;

    static constexpr auto fields()
    {
        using T = SeedTenant;
        return std::tuple{Field{"slug", &T::slug}, Field{"name", &T::name}, Field{"theme", &T::theme},
                          Field{"users", &T::users}, Field{"templates", &T::templates}};
    }
};

struct DemoData::Seed
{
    QList<SeedTenant> tenants;

    static constexpr auto fields() { return std::tuple{Field{"tenants", &Seed::tenants}}; }
};

struct DemoData::User
{
    QString email;
    QString displayName;
    Role role = Role::Viewer;
    QString password;
    static constexpr auto fields()
    {
        using T = User;
        return std::tuple{Field{"email", &T::email}, Field{"displayName", &T::displayName}, Field{"role", &T::role},
                          Field{"password", &T::password}};
    }
};

struct DemoData::Tenant
{
    QString slug;
    QString name;
    QList<User> users;

    static constexpr auto fields()
    {
        using T = Tenant;
        return std::tuple{Field{"slug", &T::slug}, Field{"name", &T::name}, Field{"users", &T::users}};
    }
};

struct DemoData::File
{
    QString baseUrl;
    QList<Tenant> tenants;

    static constexpr auto fields()
    {
        return std::tuple{Field{"baseUrl", &File::baseUrl}, Field{"tenants", &File::tenants}};
    }
};

DemoData::DemoData(Database &database, Identity &identity, TemplateService &templates, QString file)
    : m_database(database),
      m_identity(identity),
      m_templates(templates),
      m_file(std::move(file))
{
}

void DemoData::make(const QString &baseUrl)
{
    QFile seedFile(u":/seeds/demo.json"_s);
    if (!seedFile.open(QIODevice::ReadOnly))
        throw std::logic_error("the demo's seed is not compiled in");
    const Seed seed = json::parse<Seed>(seedFile.readAll(), json::UnknownMembers::Reject);

    File file = read();
    file.baseUrl = baseUrl;
    if (file.tenants.size() == seed.tenants.size()
        && std::all_of(file.tenants.begin(), file.tenants.end(),
                       [this](const Tenant &tenant) { return isThere(tenant); }))
        return write(file); // everything was made before the file was
    file.tenants.clear();
    for (const SeedTenant &tenant : seed.tenants) {
        Tenant people{tenant.slug, tenant.name, {}};
        for (const SeedUser &user : tenant.users)
            people.users.append({user.email, user.displayName, user.role, randomPassword()});
        const TenantScope scope{makeTenant(tenant, people)};
        for (const User &person : people.users)
            makeUser(scope, person);
        makeTemplates(scope, tenant);
        file.tenants.append(people);
    }
    write(file);
    qCInfo(lcDemo).noquote() << "Made the demo tenants; their passwords are in" << m_file;
}

// Empty when there is none, or none that can be read: then the passwords are made anew.
DemoData::File DemoData::read() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    try {
        return json::parse<File>(file.readAll());
    } catch (const std::exception &error) {
        qCWarning(lcDemo).noquote() << m_file
                                    << "cannot be used, so the demo's passwords are made anew:" << error.what();
        return {};
    }
}

void DemoData::write(const File &content) const
{
    QSaveFile file(m_file);
    const QByteArray text = json::print(content) + '\n';
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(text) != text.size() || !file.commit())
        throw SetupError(u"The file %1 cannot be written: %2."_s.arg(m_file, file.errorString()));
}

// False for what a file says about another database.
bool DemoData::isThere(const Tenant &tenant)
{
    const auto found = m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, tenant.slug); });
    return found && m_database.transaction({found->id}, [&](Transaction &tx) {
        return std::all_of(tenant.users.begin(), tenant.users.end(),
                           [&](const User &user) { return UserStore::findCredentials(tx, user.email).has_value(); });
    });
}

QUuid DemoData::makeTenant(const SeedTenant &seed, const Tenant &people)
{
    const auto known = m_database.platform([&](Transaction &tx) { return TenantStore::findBySlug(tx, seed.slug); });
    if (known)
        return known->id;
    const User &owner = people.users.first();
    const Caller itself = nobody();
    const auto made = m_identity.tenants.create(
        itself, {seed.slug, seed.name, std::nullopt, {owner.email, owner.displayName, owner.password, {owner.role}}});
    m_identity.tenants.update(itself, made.id, made.revision, {.theme = seed.theme});
    return made.id;
}

void DemoData::makeUser(const TenantScope &scope, const User &person)
{
    const QString hash = QString::fromLatin1(m_identity.passwords.hash(person.password));
    m_database.transaction(scope, [&](Transaction &tx) {
        if (const auto known = UserStore::findCredentials(tx, person.email))
            UserStore::setPassword(tx, known->id, hash);
        else
            UserStore::insert(tx, {person.email, person.displayName, person.password, {person.role}}, hash);
    });
}

void DemoData::makeTemplates(const TenantScope &scope, const SeedTenant &seed)
{
    const auto engineer = std::find_if(seed.users.begin(), seed.users.end(),
                                       [](const SeedUser &user) { return user.role == Role::PromptEngineer; });
    const auto author = m_database.transaction(
        scope, [&](Transaction &tx) { return UserStore::findCredentials(tx, engineer->email).value(); });
    const Caller caller{.userId = author.id,
                        .tenantId = scope.tenantId,
                        .sessionId = {},
                        .abilities = abilitiesOf(author.roles),
                        .displayName = author.displayName,
                        .address = {}};
    for (const NewTemplate &sample : seed.templates) {
        try {
            m_templates.create(caller, sample);
        } catch (const ApiError &error) {
            if (error.status != 409) // made by a start that was cut off
                throw std::logic_error("the demo's template was refused: " + error.detail.toStdString());
        }
    }
}
