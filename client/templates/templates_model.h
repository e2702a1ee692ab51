// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/templates/template.h"

// The list of templates as a table.
class TemplatesModel : public TableModel<PromptTemplate>
{
    Q_OBJECT

public:
    explicit TemplatesModel(QObject *parent = nullptr);
    void retranslate();

    // Rows may be dragged onto a folder; see TemplateFolders.
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
};
