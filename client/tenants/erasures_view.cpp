// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/erasures_view.h"

#include "client/tenants/receipt_dialog.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

ErasuresView::ErasuresView(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_table(new DataTable(tr("Erased tenants")))
{
    m_table->setModel(&m_model);
    m_table->setStateKey(u"erasures"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({layout::wide(m_table)})));
    connect(m_table, &DataTable::openRequested, this,
            [this](const QModelIndex &index) { (new ReceiptDialog(m_model.row(index), this))->open(); });
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, &ErasuresView::load);
    retranslate();
}

void ErasuresView::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_table->setLoading(m_model.totalRows() == 0);
    loadMore({}, {});
}

void ErasuresView::loadMore(const std::optional<QString> &cursor, QList<Erasure> before)
{
    ErasureFilter all;
    all.limit = 200;
    all.cursor = cursor;
    m_workspace.api().call(endpoints::tenants::erasures, all, this, [this, before](const Result<Page<Erasure>> &reply) {
        if (reply && reply->nextCursor)
            return loadMore(reply->nextCursor, before + reply->items);
        m_loading = false;
        m_table->setLoading(false);
        m_problem = reply ? std::nullopt : std::optional(reply.error());
        if (reply)
            m_model.setRows(before + reply->items);
        renewEmpty();
        Q_EMIT changed();
    });
}

void ErasuresView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (none && m_problem)
        place->showError(tr("The receipts are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (none)
        place->show(u"scroll-text"_s, tr("No tenant was erased"),
                    tr("When one is, its receipt stands here: what there was, who erased it, and when."));
}

QString ErasuresView::shownCount() const { return tr("%n receipt(s)", nullptr, m_model.totalRows()); }

void ErasuresView::retranslate()
{
    m_table->setAccessibleName(tr("Erased tenants"));
    m_model.retranslate();
    renewEmpty();
}
