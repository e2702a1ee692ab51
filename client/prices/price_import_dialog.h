// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/prices/prices_model.h"
#include "client/widgets/dialog.h"

class Banner;
class DataTable;
class Label;
class QCheckBox;

// Adds many rows to the price book from a file: shows first what each row is to the book, and adds them when a person
// has seen that.
class PriceImportDialog : public Dialog
{
    Q_OBJECT

public:
    PriceImportDialog(ApiClient &api, QWidget *parent);

    void read(const QString &path); // a CSV or JSON file
    void accept() override; // imports; closes when it was done

Q_SIGNALS:
    void imported(const PriceImport &result);

private:
    void choose();
    void look(); // asks the server what would be done
    void looked(const Result<PriceImport> &reply);
    void renew();

    ApiClient &m_api;
    PriceImportModel m_model;
    Button *m_choose;
    Label *m_file;
    QCheckBox *m_correctsPast;
    QCheckBox *m_skipConflicting;
    Banner *m_banner;
    DataTable *m_table;
    Label *m_summary;
    Button *m_save;
    PriceImportInput m_input;
    std::optional<PriceImport> m_seen; // what the dry run said of the input
    CallHandle m_call;
};
