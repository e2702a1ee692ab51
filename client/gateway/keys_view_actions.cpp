// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with gateway keys.
#include "client/gateway/gateway_looks.h"
#include "client/gateway/key_dialog.h"
#include "client/gateway/key_pane.h"
#include "client/gateway/key_rotation_dialog.h"
#include "client/gateway/key_secret_dialog.h"
#include "client/gateway/keys_view.h"
#include "client/templates/template_library.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/row_export.h"
#include "shared/gateway/endpoints.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto revokeDelay = 8s; // as long as the toast offers to take it back

QString namesOf(const QList<GatewayKey> &keys)
{
    QStringList names;
    for (const GatewayKey &key : keys)
        names << key.name;
    return names.join(u", "_s);
}

QString isoTime(const std::optional<QDateTime> &time)
{
    return time ? time->toUTC().toString(Qt::ISODateWithMs) : QString();
}

} // namespace

KeysView::~KeysView()
{
    // The window closes while keys wait: they were revoked as far as the person knows.
    for (const Leaving &leaving : std::as_const(m_leaving))
        for (const GatewayKey &key : leaving.keys)
            m_workspace.api().call(endpoints::gatewayKeys::revoke.at(key.id), {}, &m_workspace,
                                   [](const Result<Nothing> &) {});
}

const GatewayKey *KeysView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void KeysView::add()
{
    if (!may(Ability::GatewayKeysCreate))
        return;
    QStringList models;
    for (const ModelInfo &model : m_library.models())
        if (model.configured)
            models << model.name;
    const Profile &profile = m_workspace.session().profile();
    auto *dialog = new KeyDialog(m_workspace.api(), {},
                                 {profile.userId, profile.displayName, models, may(Ability::UsersRead)}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &KeyDialog::made, this, [this](const MadeGatewayKey &made) {
        put(made.key);
        openObject(made.key.id.toString());
        showSecret(made, false);
    });
    dialog->open();
}

void KeysView::change(const GatewayKey &key)
{
    if (!may(Ability::GatewayKeysUpdate) || key.status == GatewayKeyStatus::Revoked)
        return;
    QStringList models;
    for (const ModelInfo &model : m_library.models())
        if (model.configured)
            models << model.name;
    auto *dialog = new KeyDialog(m_workspace.api(), key, {.models = models}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &KeyDialog::saved, this, &KeysView::put);
    dialog->open();
}

void KeysView::rotate(const GatewayKey &key)
{
    if (!may(Ability::GatewayKeysUpdate) || key.status == GatewayKeyStatus::Revoked)
        return;
    auto *dialog = new KeyRotationDialog(key, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, key] {
        m_workspace.api().call(endpoints::gatewayKeys::rotate.at(key.id), {dialog->overlapMinutes()}, this,
                               [this, key](const Result<MadeGatewayKey> &reply) {
                                   if (!reply)
                                       return failed(tr("Could not rotate “%1”").arg(key.name), reply.error());
                                   put(reply->key);
                                   showSecret(*reply, true);
                               });
    });
    dialog->open();
}

void KeysView::showSecret(const MadeGatewayKey &made, bool isRotated)
{
    (new KeySecretDialog(made, isRotated, this))->open();
}

void KeysView::showCalls(const GatewayKey &key)
{
    Q_EMIT navigationRequested(
        u"gateway"_s,
        {{u"tab"_s, u"calls"_s},
         {u"calls"_s, QJsonObject{{u"keyId"_s, key.id.toString(QUuid::WithoutBraces)}, {u"keyName"_s, key.name}}}});
}

void KeysView::copyId(const GatewayKey &key)
{
    QGuiApplication::clipboard()->setText(key.id.toString(QUuid::WithoutBraces));
    Q_EMIT toastRequested({.title = tr("ID copied"), .text = key.name});
}

void KeysView::fillRowMenu(QMenu *menu, const QModelIndex &index)
{
    const GatewayKey key = m_model.row(index);
    const bool isRevoked = key.status == GatewayKeyStatus::Revoked;
    const auto offer = [&](const QString &text, Ability needs, bool fits, auto action) {
        if (may(needs) && fits)
            menu->addAction(text, this, action);
    };
    offer(tr("Change key…"), Ability::GatewayKeysUpdate, !isRevoked, [this, key] { change(key); });
    offer(tr("Rotate key…"), Ability::GatewayKeysUpdate, !isRevoked, [this, key] { rotate(key); });
    offer(tr("Show calls of key"), Ability::GatewayCallsRead, true, [this, key] { showCalls(key); });
    offer(tr("Revoke key"), Ability::GatewayKeysDelete, !isRevoked, [this, key] { revoke({key}); });
    menu->addAction(tr("Copy ID"), this, [this, key] { copyId(key); });
}

// ---- revoking: shown at once, sent a little later, so that it can be taken back

QList<GatewayKey> KeysView::chosenToRevoke() const
{
    QList<GatewayKey> keys;
    for (const QModelIndex &index : m_table->selectedRowIndexes())
        keys << m_model.row(index);
    if (keys.isEmpty() && current())
        keys << *current();
    keys.removeIf([](const GatewayKey &key) { return key.status == GatewayKeyStatus::Revoked; });
    return keys;
}

void KeysView::revokeChosen() { revoke(chosenToRevoke()); }

void KeysView::revoke(const QList<GatewayKey> &keys)
{
    if (!may(Ability::GatewayKeysDelete) || keys.isEmpty())
        return;
    for (GatewayKey key : keys) {
        key.status = GatewayKeyStatus::Revoked;
        put(key);
    }
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    m_leaving.append({keys, timer});
    connect(timer, &QTimer::timeout, this, [this, keys, timer] {
        m_leaving.removeIf([timer](const Leaving &leaving) { return leaving.timer == timer; });
        timer->deleteLater();
        revokeNow(keys);
    });
    timer->start(revokeDelay);
    Q_EMIT toastRequested({.title = tr("%n key(s) revoked", nullptr, int(keys.size())),
                           .text = namesOf(keys),
                           .undo = [this, keys, timer = QPointer(timer)] {
                               if (!timer)
                                   return; // it was sent meanwhile
                               m_leaving.removeIf(
                                   [&](const Leaving &leaving) { return leaving.timer == timer.data(); });
                               delete timer.data();
                               takeBack(keys);
                           }});
}

void KeysView::takeBack(const QList<GatewayKey> &keys)
{
    for (const GatewayKey &key : keys)
        put(key);
}

void KeysView::revokeNow(const QList<GatewayKey> &keys)
{
    for (const GatewayKey &key : keys)
        m_workspace.api().call(endpoints::gatewayKeys::revoke.at(key.id), {}, this,
                               [this, key](const Result<Nothing> &reply) { revoked(key, reply); });
}

void KeysView::revoked(const GatewayKey &key, const Result<Nothing> &reply)
{
    if (!reply && reply.error().status != 404) {
        put(key); // as it was
        return failed(tr("Could not revoke “%1”").arg(key.name), reply.error(), [this, key] {
            const GatewayKey *now = m_model.find(key.id);
            revokeNow({now ? *now : key});
        });
    }
    m_workspace.api().call(endpoints::gatewayKeys::get.at(key.id), {}, this, [this](const Result<GatewayKey> &now) {
        if (now)
            put(*now); // with its time
    });
}

void KeysView::failed(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412 || error.status == 404)
        load();
}

// ---- export

QByteArray KeysView::exported(bool asJson) const
{
    QByteArray text = asJson ? "[" : "id,name,status,owner,models,key,last_used_at,expires_at,revoked_at,created_at\n";
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const GatewayKey &key = m_model.row(row);
        if (asJson)
            text += (row > 0 ? ",\n" : "\n") + json::print(key);
        else
            text += rowExport::csvLine({key.id.toString(QUuid::WithoutBraces), key.name, json::name(key.status),
                                        key.ownerName, QStringList(key.models).join(u' '), key.hint,
                                        isoTime(key.lastUsedAt), isoTime(key.expiresAt), isoTime(key.revokedAt),
                                        isoTime(key.createdAt)});
    }
    return asJson ? text + "\n]\n" : text;
}

void KeysView::exportRows()
{
    rowExport::ask(this, tr("Export gateway keys"), u"gateway-keys"_s, [this](const QString &path) {
        const QString problem = rowExport::write(path, exported(rowExport::isJson(path)));
        if (!problem.isEmpty())
            return Q_EMIT toastRequested(
                {.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
        Q_EMIT toastRequested(
            {.tone = Tone::Success, .title = tr("%n key(s) exported", nullptr, m_model.rowCount()), .text = path});
    });
}

QList<Command> KeysView::commands()
{
    const auto on = [this](void (KeysView::*action)(const GatewayKey &)) {
        return [this, action] {
            if (const GatewayKey *key = current())
                (this->*action)(GatewayKey(*key));
        };
    };
    const auto mayOn = [this](Ability ability) {
        return [this, ability] { return current() && may(ability) && current()->status != GatewayKeyStatus::Revoked; };
    };
    const QString subject = current() ? current()->name : QString();
    const auto isThere = [this] { return current() != nullptr; };
    return {
        {u"gatewayKeys.add"_s,
         tr("New gateway key"),
         u"plus"_s,
         u"N"_s,
         Command::Scope::Page,
         [this] { add(); },
         [this] { return may(Ability::GatewayKeysCreate); },
         {},
         true},
        {u"gatewayKeys.search"_s,
         tr("Search gateway keys"),
         u"search"_s,
         u"/; Ctrl+F"_s,
         Command::Scope::Page,
         [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
         {},
         {},
         true},
        {u"gatewayKeys.change"_s, tr("Change gateway key"), u"pencil"_s, u"E"_s, Command::Scope::List,
         on(&KeysView::change), mayOn(Ability::GatewayKeysUpdate), subject, true},
        {u"gatewayKeys.rotate"_s, tr("Rotate gateway key"), u"rotate-cw"_s, u"R"_s, Command::Scope::List,
         on(&KeysView::rotate), mayOn(Ability::GatewayKeysUpdate), subject, true},
        {u"gatewayKeys.calls"_s, tr("Show calls of gateway key"), u"scroll-text"_s, u"L"_s, Command::Scope::List,
         on(&KeysView::showCalls), [this] { return current() && may(Ability::GatewayCallsRead); }, subject, true},
        {u"gatewayKeys.revoke"_s, tr("Revoke gateway key"), u"ban"_s, u"Del"_s, Command::Scope::List,
         [this] { revokeChosen(); }, [this] { return may(Ability::GatewayKeysDelete) && !chosenToRevoke().isEmpty(); },
         m_table->selectedRowIndexes().size() > 1 ? tr("%n key(s)", nullptr, int(m_table->selectedRowIndexes().size()))
                                                  : subject,
         true},
        {u"gatewayKeys.copyId"_s, tr("Copy ID of gateway key"), u"copy"_s, u"C"_s, Command::Scope::List,
         on(&KeysView::copyId), isThere, subject, true},
        {u"gatewayKeys.export"_s,
         tr("Export gateway keys"),
         u"download"_s,
         u"Shift+E"_s,
         Command::Scope::Page,
         [this] { exportRows(); },
         [this] { return m_model.rowCount() > 0; },
         {},
         true},
        {u"gatewayKeys.reload"_s,
         tr("Refresh"),
         u"refresh-cw"_s,
         u"F5"_s,
         Command::Scope::Page,
         [this] { load(); },
         {},
         {},
         true}};
}
