// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_aliases_view.h"

#include "client/prices/price_alias_dialog.h"
#include "client/widgets/banner.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "shared/usage/price_endpoints.h"

#include <QBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

PriceAliasesView::PriceAliasesView(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_notice(new Banner),
      m_table(new DataTable(tr("Names")))
{
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"name"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"priceAliases"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_notice, layout::wide(m_table)})));
    connect(m_table, &DataTable::currentRowChanged, this, &PriceAliasesView::commandsChanged);
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        if (mayChange())
            menu->addAction(tr("Remove name"), this, [this, alias = PriceAlias(m_model.row(index))] { remove(alias); });
    });
    connect(m_table->emptyState(), &EmptyState::actionRequested, this,
            [this] { m_problem || !mayChange() ? load() : addRequested(); });
    connect(m_notice, &Banner::actionRequested, this, &PriceAliasesView::load);
    retranslate();
}

void PriceAliasesView::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_table->setLoading(m_model.totalRows() == 0);
    loadMore({}, {});
}

void PriceAliasesView::loadMore(const std::optional<QString> &cursor, QList<PriceAlias> before)
{
    PriceAliasFilter all;
    all.limit = 500;
    all.cursor = cursor;
    m_workspace.api().call(endpoints::prices::listAliases, all, this,
                           [this, before](const Result<Page<PriceAlias>> &reply) {
                               if (reply && reply->nextCursor)
                                   return loadMore(reply->nextCursor, before + reply->items);
                               m_loading = false;
                               m_table->setLoading(false);
                               m_problem = reply ? std::nullopt : std::optional(reply.error());
                               if (reply)
                                   m_model.setRows(before + reply->items);
                               m_notice->hide();
                               // A dead network is said once, above all pages.
                               if (m_problem && m_problem->status != 0 && m_model.totalRows() > 0)
                                   m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
                               renewEmpty();
                               Q_EMIT changed();
                           });
}

void PriceAliasesView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (none && m_problem)
        place->showError(tr("The names are not known"),
                         m_problem->status != 0 ? m_problem->detail
                                                : tr("They are kept on the server only, which cannot be reached."));
    else if (none)
        place->show(u"tag"_s, tr("No names yet"),
                    tr("A deployment or a local model has a name that no price list knows. Here it gets the price of a "
                       "model of the book, or is free of charge."),
                    mayChange() ? tr("Add name") : QString());
}

QString PriceAliasesView::shownCount() const { return tr("%n name(s)", nullptr, m_model.totalRows()); }

const PriceAlias *PriceAliasesView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void PriceAliasesView::add(const QString &name, const QStringList &models)
{
    auto *dialog = new PriceAliasDialog(m_workspace.api(), name, models, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PriceAliasDialog::saved, this, [this](const PriceAlias &alias) {
        m_model.put(alias);
        m_model.resort();
        renewEmpty();
        Q_EMIT changed();
    });
    dialog->open();
}

void PriceAliasesView::remove(const PriceAlias &alias)
{
    m_workspace.api().call(
        endpoints::prices::removeAlias.at(alias.id), {}, this, [this, alias](const Result<Nothing> &reply) {
            if (!reply && reply.error().status != 404)
                return Q_EMIT toastRequested({.tone = Tone::Danger,
                                              .title = tr("Could not remove the name %1").arg(alias.name),
                                              .text = reply.error().detail});
            m_model.remove(alias.id);
            renewEmpty();
            Q_EMIT changed();
            const NewPriceAlias again{alias.name, alias.target, alias.note};
            const auto bringBack = [this, again] {
                m_workspace.api().call(endpoints::prices::createAlias, again, this,
                                       [this](const Result<PriceAlias> &made) {
                                           if (!made)
                                               return load();
                                           m_model.put(*made);
                                           renewEmpty();
                                           Q_EMIT changed();
                                       });
            };
            Q_EMIT toastRequested({.title = tr("Name removed"), .text = alias.name, .undo = bringBack});
        });
}

QList<Command> PriceAliasesView::commands()
{
    return {{u"priceNames.remove"_s, tr("Remove name"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             [this] {
                 if (const PriceAlias *alias = current())
                     remove(PriceAlias(*alias));
             },
             [this] { return current() && mayChange(); }, current() ? current()->name : QString(), true}};
}

void PriceAliasesView::retranslate()
{
    m_table->setAccessibleName(tr("Names"));
    m_model.retranslate();
    renewEmpty();
}
