// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/batches/batch_forecast.h"
#include "client/session/workspace.h"
#include "client/templates/template_library.h"
#include "client/widgets/dialog.h"
#include "client/widgets/table_model.h"
#include "shared/batches/batch.h"

class Banner;
class DataTable;
class FormField;
class Label;
class SearchSelect;
class Select;
class TextField;

// A row of the file as it is previewed, with what the server said of it.
struct FileRow
{
    int id = 1; // its number among the inputs
    QStringList cells;
    QString problem;
};

// The first rows of a file, or those that the server refused, with a column for each variable.
class FileRowsModel : public TableModel<FileRow>
{
    Q_OBJECT

public:
    explicit FileRowsModel(const QStringList &variables, bool hasProblems, QObject *parent = nullptr);
};

// Runs a template over each row of a CSV or JSON Lines file: shows the rows, what they will cost and what is wrong with
// them, before the first is queued. A file may be dropped on it.
class RunFileDialog : public Dialog
{
    Q_OBJECT

public:
    RunFileDialog(Workspace &workspace, TemplateLibrary &library, QWidget *parent);

    void setTemplate(const QString &slug);
    void read(const QString &path);
    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void made(const Batch &batch);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void choose();
    void offerTemplates();
    void offerModels();
    void chosenTemplate();
    void renewForecast();
    void renew();
    void showRows();
    void send();
    void answered(const Result<Batch> &reply);
    std::optional<ModelInfo> model() const;

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    QString m_slug;
    std::optional<BatchFile> m_file;
    std::optional<TemplateDetail> m_template;
    QHash<int, QStringList> m_problems; // by the number of the row, from 1
    bool m_reading = false;
    bool m_sending = false;

    Button *m_choose;
    Label *m_fileName;
    SearchSelect *m_templates;
    FormField *m_templateField;
    Select *m_models;
    FormField *m_modelField;
    TextField *m_name;
    Select *m_priority;
    FormField *m_priorityField;
    Banner *m_banner;
    DataTable *m_table;
    FileRowsModel *m_rows;
    Label *m_summary;
    Button *m_run;
};
