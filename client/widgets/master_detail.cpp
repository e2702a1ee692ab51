// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/master_detail.h"

#include "client/widgets/data_table.h"

MasterDetail::MasterDetail(DataTable *table, QWidget *pane, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent),
      m_table(table),
      m_pane(pane)
{
    addWidget(table);
    addWidget(pane);
    setChildrenCollapsible(false);
    setStretchFactor(0, 1);
    setStretchFactor(1, 0);
    pane->hide();
    connect(table, &DataTable::openRequested, this, &MasterDetail::open);
    connect(table, &DataTable::peekRequested, this, &MasterDetail::open);
    connect(table, &QAbstractItemView::clicked, this, &MasterDetail::open);
    connect(table, &DataTable::currentRowChanged, this, [this](const QModelIndex &index) {
        if (isOpen())
            open(index);
    });
    table->setEscape([this] {
        const bool wasOpen = isOpen();
        close();
        return wasOpen;
    });
}

void MasterDetail::open(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    if (m_table->currentIndex().row() != index.row())
        m_table->setCurrentIndex(index);
    Q_EMIT opened(index);
    m_pane->show();
}

void MasterDetail::close()
{
    if (m_pane->isHidden())
        return;
    m_pane->hide();
    Q_EMIT closed();
}

bool MasterDetail::isOpen() const { return !m_pane->isHidden(); }
