// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/keys_model.h"

#include "client/gateway/gateway_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<GatewayKey>> keyColumns()
{
    const auto never = QDateTime::fromMSecsSinceEpoch(std::numeric_limits<qint64>::max() / 2, Qt::UTC);
    QList<TableColumn<GatewayKey>> columns{
        column<GatewayKey>(u"name"_s, {}, &GatewayKey::name, CellKind::Strong, 170),
        column<GatewayKey>(
            u"status"_s, {}, &GatewayKey::status, [](const GatewayKey &key) { return lookOf(key.status).label; },
            CellKind::Status, 110),
        column<GatewayKey>(u"owner"_s, {}, &GatewayKey::ownerName, CellKind::Person, 150),
        column<GatewayKey>(
            u"models"_s, {}, [](const GatewayKey &key) { return shownModels(key.models); }, CellKind::Text, 150),
        column<GatewayKey>(u"hint"_s, {}, &GatewayKey::hint, CellKind::Mono, 136),
        column<GatewayKey>(
            u"used"_s, {}, [](const GatewayKey &key) { return key.lastUsedAt.value_or(QDateTime()); },
            [](const GatewayKey &key) {
                return key.lastUsedAt ? amounts::moment(*key.lastUsedAt) : KeysModel::tr("Never", "a key was used");
            },
            CellKind::Muted, 156),
        column<GatewayKey>(
            u"expires"_s, {}, [never](const GatewayKey &key) { return key.expiresAt.value_or(never); },
            [](const GatewayKey &key) {
                return key.expiresAt ? QLocale().toString(key.expiresAt->toLocalTime().date(), QLocale::ShortFormat)
                                     : KeysModel::tr("Never", "a key expires");
            },
            CellKind::Muted, 104),
        column<GatewayKey>(
            u"made"_s, {}, &GatewayKey::createdAt, [](const GatewayKey &key) { return amounts::moment(key.createdAt); },
            CellKind::Muted, 116)};
    columns[1].extra = [](const GatewayKey &key) { return QVariant::fromValue(lookOf(key.status)); };
    columns[1].choices = [] {
        return QList<StatusLook>{lookOf(GatewayKeyStatus::Active), lookOf(GatewayKeyStatus::Expired),
                                 lookOf(GatewayKeyStatus::Revoked)};
    };
    columns[2].extra = [](const GatewayKey &key) {
        return QVariant::fromValue(PersonLook{key.ownerId.toString(), key.ownerName});
    };
    columns[3].stretches = true;
    columns[7].hidden = true;
    return columns;
}

} // namespace

KeysModel::KeysModel(QObject *parent) : TableModel(keyColumns(), parent) { retranslate(); }

void KeysModel::retranslate()
{
    setTitles({tr("Name"), tr("Status"), tr("Owner"), tr("Models"), tr("Key"), tr("Last used"), tr("Expires"),
               tr("Made", "a key, when")});
}
