// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/credentials/credentials_model.h"

#include "client/credentials/credential_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<Credential>> makeColumns()
{
    using C = Credential;
    QList<TableColumn<C>> columns{
        column<C>(u"provider"_s, {}, &C::provider, CellKind::Strong, 160),
        column<C>(
            u"check"_s, {}, [](const C &one) { return lookOf(one.lastCheck).label; }, CellKind::Status, 130),
        column<C>(
            u"key"_s, {}, [](const C &one) { return shownKey(one); }, CellKind::Mono, 120),
        column<C>(
            u"address"_s, {}, [](const C &one) { return shownAddress(one); }, CellKind::Text, 220),
        column<C>(
            u"kind"_s, {}, [](const C &one) { return shownKind(one.kind); }, CellKind::Muted, 110),
        column<C>(u"by"_s, {}, &C::setByName, CellKind::Person, 150),
        column<C>(
            u"since"_s, {}, [](const C &one) { return one.setAt; },
            [](const C &one) { return amounts::moment(one.setAt); }, CellKind::Muted, 140)};
    columns[1].extra = [](const C &one) { return QVariant::fromValue(lookOf(one.lastCheck)); };
    columns[1].choices = [] {
        CredentialCheck good, bad;
        good.works = true;
        return QList<StatusLook>{lookOf(std::nullopt), lookOf(good), lookOf(bad)};
    };
    columns[3].stretches = true;
    columns[5].extra = [](const C &one) { return QVariant::fromValue(PersonLook{one.setByName, one.setByName}); };
    return columns;
}

} // namespace

CredentialsModel::CredentialsModel(QObject *parent) : TableModel(makeColumns(), parent) { retranslate(); }

void CredentialsModel::retranslate()
{
    setTitles({tr("Provider"), tr("Last test"), tr("Key"), tr("Address"), tr("Speaks"), tr("Set by"), tr("Set")});
}
