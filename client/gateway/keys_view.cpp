// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/keys_view.h"

#include "client/gateway/gateway_looks.h"
#include "client/gateway/key_pane.h"
#include "client/templates/template_library.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

KeysView::KeysView(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_library(library),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar({})),
      m_status(new Select(tr("Status"))),
      m_owner(new Select(tr("Owner"))),
      m_notice(new Banner),
      m_table(new DataTable(tr("Gateway keys"))),
      m_pane(new KeyPane(workspace.api())),
      m_split(new MasterDetail(m_table, m_pane))
{
    build();
    connect(m_add, &QPushButton::clicked, this, &KeysView::add);
    connect(m_filters, &FilterBar::changed, this, &KeysView::filter);
    connect(m_status, &Select::valueChosen, this, &KeysView::filter);
    connect(m_owner, &Select::valueChosen, this, [this](const QVariant &owner) {
        m_wantedOwner = owner.toString();
        filter();
    });
    connect(m_notice, &Banner::actionRequested, this, &KeysView::load);
    connect(m_table, &DataTable::currentRowChanged, this, &KeysView::commandsChanged);
    connect(m_table, &DataTable::selectedCountChanged, this, [this] {
        Q_EMIT footerChanged();
        Q_EMIT commandsChanged();
    });
    connect(m_table, &DataTable::rowMenuRequested, this, &KeysView::fillRowMenu);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            return load();
        m_model.totalRows() == 0 ? add() : clearFilter();
    });
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { fillPane(GatewayKey(m_model.row(index))); });
    connect(m_pane, &KeyPane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (KeysView::*action)(const GatewayKey &)) {
        return [this, action] {
            if (const GatewayKey *shown = m_model.find(m_pane->keyId()))
                (this->*action)(GatewayKey(*shown));
        };
    };
    connect(m_pane, &KeyPane::changeRequested, this, onShown(&KeysView::change));
    connect(m_pane, &KeyPane::rotateRequested, this, onShown(&KeysView::rotate));
    connect(m_pane, &KeyPane::callsRequested, this, onShown(&KeysView::showCalls));
    connect(m_pane, &KeyPane::revokeRequested, this, [this] {
        if (const GatewayKey *shown = m_model.find(m_pane->keyId()))
            revoke({*shown});
    });
    retranslate();
}

void KeysView::build()
{
    m_filters->setCanAdd(false); // the choices beside it are all
    m_filters->addTool(m_owner);
    m_filters->addTool(m_status);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setObjectName(u"columns"_s);
    m_filters->addTool(columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"name"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"gatewayKeys"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, layout::wide(m_split)})));
}

QWidget *KeysView::mainContent() { return m_table; }
QWidget *KeysView::headerAction() { return m_add; }

void KeysView::activated()
{
    m_add->setVisible(may(Ability::GatewayKeysCreate));
    if (m_library.models().isEmpty())
        m_library.reloadModels();
    load();
}

// ---- loading

void KeysView::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_table->setLoading(!m_isLoaded);
    loadMore({}, {});
}

// All of them, page by page: keys are few beside what is called with them, and so can be searched and sorted here.
void KeysView::loadMore(const std::optional<QString> &cursor, QList<GatewayKey> before)
{
    GatewayKeyFilter all;
    all.limit = 200;
    all.cursor = cursor;
    m_workspace.api().call(endpoints::gatewayKeys::list, all, this,
                           [this, before = std::move(before)](const Result<Page<GatewayKey>> &reply) {
                               if (reply && reply->nextCursor)
                                   return loadMore(reply->nextCursor, before + reply->items);
                               loaded(reply, reply ? before + reply->items : QList<GatewayKey>());
                           });
}

void KeysView::loaded(const Result<Page<GatewayKey>> &reply, const QList<GatewayKey> &all)
{
    m_loading = false;
    m_table->setLoading(false);
    m_problem = reply ? std::nullopt : std::optional(reply.error());
    m_notice->hide();
    // A dead network is said once, above all pages.
    if (m_problem && m_isLoaded && m_problem->status != 0)
        m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
    if (reply) {
        m_isLoaded = true;
        const QUuid chosen = current() ? current()->id : QUuid();
        m_model.setRows(all);
        if (const QModelIndex row = m_model.indexOf(chosen); row.isValid())
            m_table->setCurrentIndex(row);
        for (const Leaving &leaving : std::as_const(m_leaving))
            for (GatewayKey key : leaving.keys) {
                key.status = GatewayKeyStatus::Revoked;
                m_model.put(key);
            }
        renewOwners();
        if (const QModelIndex shown = m_model.indexOf(m_pane->keyId()); m_split->isOpen() && shown.isValid())
            m_split->open(shown);
        else
            m_split->close();
        if (const QUuid wanted = std::exchange(m_wanted, {}); !wanted.isNull())
            m_split->open(m_model.indexOf(wanted));
    }
    renewEmpty();
    Q_EMIT footerChanged();
}

void KeysView::put(const GatewayKey &key)
{
    m_model.put(key);
    m_model.resort();
    renewOwners();
    if (m_split->isOpen() && m_pane->keyId() == key.id)
        fillPane(key);
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT commandsChanged();
}

void KeysView::fillPane(const GatewayKey &key)
{
    m_pane->show(key,
                 {.change = may(Ability::GatewayKeysUpdate),
                  .revoke = may(Ability::GatewayKeysDelete),
                  .usage = may(Ability::UsageRead),
                  .calls = may(Ability::GatewayCallsRead)});
}

// ---- what is shown

void KeysView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const QString status = m_status->value().toString();
    m_model.setFilter([text, status, owner = m_wantedOwner](const GatewayKey &key) {
        const auto has = [&](const QString &where) { return where.contains(text, Qt::CaseInsensitive); };
        return (has(key.name) || has(key.ownerName) || has(key.hint) || has(key.models.join(u' ')))
            && (status.isEmpty() || status == json::name(key.status))
            && (owner.isEmpty() || owner == key.ownerId.toString(QUuid::WithoutBraces));
    });
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT viewChanged();
}

void KeysView::clearFilter() { restoreViewState({}); }

void KeysView::renewOwners()
{
    QMap<QString, QString> owners; // by name, so that they stand in order
    for (const GatewayKey &key : m_model.rows())
        owners.insert(key.ownerName, key.ownerId.toString(QUuid::WithoutBraces));
    QList<std::pair<QVariant, QString>> choices{{QString(), tr("Any owner")}};
    for (auto it = owners.cbegin(); it != owners.cend(); ++it)
        choices.append({it.value(), it.key()});
    m_owner->setChoices(choices);
    m_owner->setValue(m_wantedOwner);
}

void KeysView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        place->showForbidden(tr("An owner of your tenant"));
    else if (m_problem)
        place->showError(tr("The keys are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (m_model.totalRows() > 0)
        place->showFiltered(tr("No key matches"));
    else
        place->show(u"key-round"_s, tr("No gateway keys yet"),
                    tr("With a key, a program calls models through this server, in the name of its owner. What it "
                       "calls is counted, limited and paid for in one place."),
                    may(Ability::GatewayKeysCreate) ? tr("Make a key") : QString());
}

QString KeysView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    const int selected = int(m_table->selectedRowIndexes().size());
    const QString count =
        shown == all ? tr("%n key(s)", nullptr, all) : tr("%1 of %n key(s)", nullptr, all).arg(amounts::count(shown));
    return selected > 1 ? tr("%1 · %n selected", nullptr, selected).arg(count) : count;
}

QList<Footer::Hint> KeysView::keyHints() const
{
    return {{u"N"_s, tr("add")}, {u"E"_s, tr("change")}, {u"R"_s, tr("rotate")}, {u"Del"_s, tr("revoke")}};
}

QJsonObject KeysView::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()},
            {u"status"_s, m_status->value().toString()},
            {u"owner"_s, m_wantedOwner}};
}

void KeysView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_status->setValue(state.value(u"status"_s).toString());
    m_wantedOwner = state.value(u"owner"_s).toString();
    m_owner->setValue(m_wantedOwner);
    filter();
}

void KeysView::openObject(const QString &id)
{
    m_wanted = QUuid::fromString(id);
    if (const QModelIndex index = m_model.indexOf(m_wanted); index.isValid()) {
        m_wanted = {};
        m_split->open(index);
    }
}

void KeysView::retranslate()
{
    m_add->setText(tr("New key"));
    m_add->setHint(tr("Make a gateway key"), u"N"_s);
    m_filters->search()->setPlaceholder(tr("Search name, owner, model"));
    m_status->setChoices({{QString(), tr("Any status")},
                          {QString(json::name(GatewayKeyStatus::Active)), lookOf(GatewayKeyStatus::Active).label},
                          {QString(json::name(GatewayKeyStatus::Expired)), lookOf(GatewayKeyStatus::Expired).label},
                          {QString(json::name(GatewayKeyStatus::Revoked)), lookOf(GatewayKeyStatus::Revoked).label}});
    m_status->setAccessibleName(tr("Status"));
    m_owner->setAccessibleName(tr("Owner"));
    m_filters->findChild<IconButton *>(u"columns"_s)->setName(tr("Columns"));
    m_table->setAccessibleName(tr("Gateway keys"));
    renewOwners();
    m_model.retranslate();
    renewEmpty();
    Q_EMIT footerChanged();
}
