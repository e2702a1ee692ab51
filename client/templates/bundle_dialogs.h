// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "client/widgets/table_model.h"
#include "shared/templates/bundle.h"

#include <QBuffer>

class Banner;
class DataTable;
class Label;
class ProgressLine;
class Select;

// Takes templates with their versions and labels out of the tenant: as one JSON file, or as a folder of plain text
// files.
class ExportDialog : public Dialog
{
    Q_OBJECT

public:
    ExportDialog(ApiClient &api, const ExportFilter &filter, QWidget *parent);
    void accept() override; // asks where to, then fetches and writes
    void write(const QString &path); // the file or folder

Q_SIGNALS:
    void exported(const QString &path);

private:
    void arrived(const QString &path);
    bool isFolder() const;

    ApiClient &m_api;
    ExportFilter m_filter;
    Select *m_form;
    Banner *m_banner;
    ProgressLine *m_progress;
    Button *m_export;
    QBuffer m_content;
    CallHandle m_call;
};

struct ImportRow
{
    QString id; // its slug as it comes, or the file of a problem
    ImportedItem item;
};

// What would become of each template of an import.
class ImportModel : public TableModel<ImportRow>
{
    Q_OBJECT

public:
    explicit ImportModel(QObject *parent = nullptr);
};

// Brings templates in from a JSON file or a folder of text files: first shows what would become of each and what is in
// the way, then does it when a person has seen that.
class ImportDialog : public Dialog
{
    Q_OBJECT

public:
    ImportDialog(ApiClient &api, QWidget *parent);
    void read(const QString &path); // a JSON file or a folder
    void accept() override; // imports; closes when it was done

Q_SIGNALS:
    void imported(int templates);

private:
    void choose(bool folder);
    void look(); // asks the server what would be done
    void show(const ImportReport &report);
    void refused(const ApiError &error);
    void renew();
    void send(bool dryRun, std::function<void(const Result<ImportReport> &)> done);

    ApiClient &m_api;
    ImportModel m_model;
    std::optional<ImportRequest> m_input;
    std::optional<ImportReport> m_seen; // what the dry run said of the input
    Label *m_file;
    Select *m_onConflict;
    Banner *m_banner;
    ProgressLine *m_progress;
    DataTable *m_table;
    Label *m_summary;
    Button *m_import;
    CallHandle m_call;
};
