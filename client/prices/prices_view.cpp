// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/prices_view.h"

#include "client/prices/price_looks.h"
#include "client/prices/price_pane.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/usage/price_endpoints.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype namesInAWarning = 3;
const auto inForceNow = u"now"_s;

} // namespace

PricesView::PricesView(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_filters(new FilterBar({})),
      m_provider(new Select(tr("Provider"))),
      m_state(new Select(tr("State"))),
      m_notice(new Banner),
      m_unpricedBanner(new Banner),
      m_table(new DataTable(tr("Prices"))),
      m_pane(new PricePane),
      m_split(new MasterDetail(m_table, m_pane))
{
    m_filters->setCanAdd(false); // the choices beside it are all
    m_filters->addTool(m_provider);
    m_filters->addTool(m_state);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"model"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"prices"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(
        layout::tight(layout::column({m_unpricedBanner, m_filters, layout::line(), m_notice, layout::wide(m_split)})));
    connect(m_filters, &FilterBar::changed, this, &PricesView::filter);
    connect(m_state, &Select::valueChosen, this, &PricesView::filter);
    connect(m_provider, &Select::valueChosen, this, [this](const QVariant &provider) {
        m_wantedProvider = provider.toString();
        filter();
    });
    connect(m_notice, &Banner::actionRequested, this, &PricesView::load);
    connect(m_unpricedBanner, &Banner::actionRequested, this, [this] {
        if (!m_unpriced.isEmpty())
            addFor(m_unpriced.first().model);
    });
    connect(m_table, &DataTable::currentRowChanged, this, &PricesView::commandsChanged);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this,
            [this] { m_problem ? load() : restoreViewState({}); });
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { fillPane(PriceRow(m_model.row(index))); });
    connect(m_pane, &PricePane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (PricesView::*action)(const PriceRow &)) {
        return [this, action] {
            if (const PriceRow *shown = m_model.find(m_pane->priceId()))
                (this->*action)(PriceRow(*shown));
        };
    };
    connect(m_pane, &PricePane::addRequested, this, onShown(&PricesView::addLike));
    connect(m_pane, &PricePane::verifyRequested, this, onShown(&PricesView::verify));
    connect(m_pane, &PricePane::withdrawRequested, this, onShown(&PricesView::withdraw));
    connect(m_pane, &PricePane::sourceRequested, this, onShown(&PricesView::openSource));
    retranslate();
    m_state->setValue(inForceNow);
    filter();
}

// ---- loading

void PricesView::load()
{
    loadUnpriced();
    if (std::exchange(m_loading, true))
        return;
    m_pane->setAllowed(mayChange());
    m_table->setLoading(!m_isLoaded);
    loadMore({}, {});
}

// All of them, page by page: some hundreds.
void PricesView::loadMore(const std::optional<QString> &cursor, QList<PriceRow> before)
{
    PriceFilter all;
    all.limit = 500;
    all.cursor = cursor;
    m_workspace.api().call(endpoints::prices::list, all, this, [this, before](const Result<Page<PriceRow>> &reply) {
        if (reply && reply->nextCursor)
            return loadMore(reply->nextCursor, before + reply->items);
        loaded(reply, reply ? before + reply->items : QList<PriceRow>());
    });
}

void PricesView::loaded(const Result<Page<PriceRow>> &reply, const QList<PriceRow> &all)
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
        m_model.setRows(all);
        retranslate(); // the providers that there are to choose from
        const QUuid wanted = m_wanted.isNull() ? m_pane->priceId() : std::exchange(m_wanted, {});
        if (const QModelIndex shown = m_model.indexOf(wanted);
            shown.isValid() && (m_split->isOpen() || wanted != m_pane->priceId()))
            m_split->open(shown);
        else
            m_split->close();
    }
    renewEmpty();
    Q_EMIT changed();
}

void PricesView::loadUnpriced()
{
    m_workspace.api().call(endpoints::prices::unpriced, {}, this, [this](const Result<UnpricedModels> &reply) {
        m_unpriced = reply ? reply->items : QList<UnpricedModel>();
        showUnpriced();
        Q_EMIT changed();
    });
}

void PricesView::showUnpriced()
{
    if (m_unpriced.isEmpty())
        return m_unpricedBanner->hide();
    QStringList names;
    for (const UnpricedModel &one : m_unpriced.first(std::min(namesInAWarning, m_unpriced.size())))
        names << tr("%1 (%2)", "a model and how often it was called").arg(one.model, amounts::count(one.calls));
    if (m_unpriced.size() > namesInAWarning)
        names << u"…"_s;
    m_unpricedBanner->show(Tone::Warning, u"triangle-alert"_s,
                           tr("%n model(s) called in the last week without a price, so with an unknown cost: %1.",
                              nullptr, int(m_unpriced.size()))
                               .arg(names.join(u", "_s)),
                           mayChange() ? tr("Add price") : QString());
}

// ---- showing

void PricesView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const bool isNow = m_state->value().toString() == inForceNow;
    m_model.setFilter([text, isNow, provider = m_wantedProvider](const PriceRow &row) {
        return nameOf(row).contains(text, Qt::CaseInsensitive) && (provider.isEmpty() || provider == row.provider)
            && (!isNow || stateOf(row, QDateTime::currentDateTimeUtc()) == PriceState::InForce);
    });
    renewEmpty();
    Q_EMIT changed();
    Q_EMIT viewChanged();
}

void PricesView::fillPane(const PriceRow &row)
{
    QList<PriceRow> history;
    for (const PriceRow &other : m_model.rows())
        if (other.provider == row.provider && other.model == row.model)
            history.prepend(other); // the oldest stands first in the list
    m_pane->setAllowed(mayChange());
    m_pane->show(row, history);
}

void PricesView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (none && m_problem)
        place->showError(tr("The prices are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (none)
        place->showFiltered(tr("No price matches"));
}

QString PricesView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n price(s)", nullptr, all)
                        : tr("%1 of %n price(s)", nullptr, all).arg(amounts::count(shown));
}

QStringList PricesView::models() const
{
    QStringList models;
    for (const PriceRow &row : m_model.rows())
        if (!models.contains(nameOf(row)))
            models << nameOf(row);
    return models;
}

QJsonObject PricesView::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()},
            {u"provider"_s, m_wantedProvider},
            {u"state"_s, m_state->value().toString()}};
}

void PricesView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_wantedProvider = state.value(u"provider"_s).toString();
    m_provider->setValue(m_wantedProvider);
    m_state->setValue(state.value(u"state"_s).toString(inForceNow));
    filter();
}

void PricesView::open(const QUuid &id)
{
    m_wanted = id;
    if (!m_isLoaded || !m_model.find(id))
        return;
    if (!m_model.indexOf(id).isValid())
        restoreViewState({{u"state"_s, QString()}});
    m_split->open(m_model.indexOf(std::exchange(m_wanted, {})));
}

void PricesView::retranslate()
{
    m_filters->search()->setPlaceholder(tr("Search by model"));
    QStringList providers;
    for (const PriceRow &row : m_model.rows())
        if (!providers.contains(row.provider))
            providers << row.provider;
    providers.sort();
    QList<std::pair<QVariant, QString>> choices{{QString(), tr("Any provider")}};
    for (const QString &provider : std::as_const(providers))
        choices.append({provider, provider});
    m_provider->setChoices(choices);
    m_provider->setValue(m_wantedProvider);
    m_provider->setAccessibleName(tr("Provider"));
    m_state->setChoices({{inForceNow, tr("In force now")}, {QString(), tr("All, also former and planned")}});
    m_state->setAccessibleName(tr("State"));
    m_table->setAccessibleName(tr("Prices"));
    m_model.retranslate();
    showUnpriced();
    renewEmpty();
}

// ---- doing

const PriceRow *PricesView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void PricesView::put(const PriceRow &row)
{
    m_model.put(row);
    m_model.resort();
    if (m_split->isOpen() && m_pane->priceId() == row.id)
        fillPane(row);
    renewEmpty();
    Q_EMIT changed();
    Q_EMIT commandsChanged();
}

void PricesView::add()
{
    const PriceRow *shown = m_split->isOpen() ? m_model.find(m_pane->priceId()) : nullptr;
    shown ? addLike(PriceRow(*shown)) : openDialog({});
}

void PricesView::addFor(const QString &fullModel)
{
    PriceDialog::Start start;
    start.provider = fullModel.section(u'/', 0, 0);
    start.model = fullModel.section(u'/', 1);
    openDialog(start);
}

void PricesView::addLike(const PriceRow &row)
{
    openDialog({row.provider, row.model, row.prices, row.tiers, row.source});
}

void PricesView::openDialog(const PriceDialog::Start &start)
{
    auto *dialog = new PriceDialog(m_workspace.api(), start, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PriceDialog::saved, this, [this](const PriceAdded &added) {
        m_wanted = added.price.id;
        if (stateOf(added.price, QDateTime::currentDateTimeUtc()) != PriceState::InForce)
            restoreViewState({{u"state"_s, QString()}}); // where it is to be seen
        load(); // the row before it ends now
        Q_EMIT toastRequested({.tone = Tone::Success,
                               .title = tr("The price of %1 was added").arg(nameOf(added.price)),
                               .text = added.notice ? tr("Costs that were computed stay as they are.")
                                                    : tr("Valid from %1").arg(shownMoment(added.price.validFrom))});
    });
    dialog->open();
}

void PricesView::verify(const PriceRow &row)
{
    PriceChange change;
    change.verified = !row.verified;
    m_workspace.api().call(
        endpoints::prices::update.at(row.id), change, this, [this, row](const Result<PriceRow> &reply) {
            reply ? put(*reply) : failed(tr("Could not change the price of %1").arg(nameOf(row)), reply.error());
        });
}

void PricesView::withdraw(const PriceRow &row)
{
    m_workspace.api().call(endpoints::prices::remove.at(row.id), {}, this, [this, row](const Result<Nothing> &reply) {
        if (!reply && reply.error().status != 404)
            return failed(tr("Could not withdraw the price of %1").arg(nameOf(row)), reply.error());
        if (m_pane->priceId() == row.id)
            m_split->close();
        load();
        const auto bringBack = [this, row] {
            const NewPrice again{row.provider, row.model,    row.validFrom, row.prices, row.tiers,
                                 row.source,   row.verified, row.note,      false};
            m_workspace.api().call(endpoints::prices::create, again, this, [this, row](const Result<PriceAdded> &made) {
                made ? load() : failed(tr("Could not bring back the price of %1").arg(nameOf(row)), made.error());
            });
        };
        Q_EMIT toastRequested({.title = tr("Price withdrawn"), .text = nameOf(row), .undo = bringBack});
    });
}

void PricesView::openSource(const PriceRow &row) { QDesktopServices::openUrl(QUrl(row.source, QUrl::StrictMode)); }

void PricesView::failed(const QString &what, const ApiError &error)
{
    Q_EMIT toastRequested(
        {.tone = Tone::Danger, .title = what, .text = error.detail, .details = QString::fromUtf8(json::print(error))});
}

QList<Command> PricesView::commands()
{
    const auto on = [this](void (PricesView::*action)(const PriceRow &)) {
        return [this, action] {
            if (const PriceRow *row = current())
                (this->*action)(PriceRow(*row));
        };
    };
    const auto isPlanned = [this] {
        return current() && mayChange() && stateOf(*current(), QDateTime::currentDateTimeUtc()) == PriceState::Planned;
    };
    const QString subject = current() ? nameOf(*current()) : QString();
    return {{u"prices.search"_s,
             tr("Search prices"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"prices.verify"_s, tr("Mark price verified, or not"), u"shield-check"_s, u"V"_s, Command::Scope::List,
             on(&PricesView::verify), [this] { return current() && mayChange(); }, subject, true},
            {u"prices.withdraw"_s, tr("Withdraw price"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&PricesView::withdraw), isPlanned, subject, true}};
}
