// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/evaluations/dataset.h"

class Label;
class TextField;

// Makes a dataset, or renames one. Stays open until the server has taken it.
class DatasetDialog : public Dialog
{
    Q_OBJECT

public:
    DatasetDialog(ApiClient &api, const std::optional<Dataset> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Dataset &dataset);

private:
    void typed();
    void answered(const Result<Dataset> &reply);

    ApiClient &m_api;
    const std::optional<Dataset> m_before;
    TextField *m_name;
    TextField *m_description;
    TextField *m_tags;
    Label *m_problem;
    Button *m_save = nullptr;
    bool m_sending = false;
};
