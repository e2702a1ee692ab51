// SPDX-License-Identifier: GPL-3.0-or-later
// How a dataset is saved, put together with what others saved, imported and exported.
#include "client/evaluations/assertions_editor.h"
#include "client/evaluations/case_conflict_dialog.h"
#include "client/evaluations/case_import_dialog.h"
#include "client/evaluations/cases_from_jobs_dialog.h"
#include "client/evaluations/cases_table.h"
#include "client/evaluations/dataset_dialog.h"
#include "client/evaluations/dataset_editor.h"
#include "client/evaluations/dataset_export.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/row_export.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostInAnEdit = 1000; // of each kind, as the server has it
constexpr int longestVariableName = 100;
const auto draftScope = u"dataset"_s;

} // namespace

void DatasetEditor::save()
{
    if (!m_save->isEnabled())
        return;
    m_isSaving = true;
    m_banner->hide();
    renew();
    m_assertionsChanged ? saveAssertions() : saveCases();
}

void DatasetEditor::saveAssertions()
{
    DatasetChange change;
    change.assertions = m_assertions->assertions();
    if (const auto score = m_assertions->passScore())
        change.passScore = score;
    else
        change.clearPassScore = true;
    CallOptions options;
    if (m_dataset)
        options.revision = m_dataset->revision;
    m_saveCall = m_workspace.api().call(
        endpoints::evaluations::updateDataset.at(m_id), change, this,
        [this](const Result<Dataset> &reply) {
            if (!reply)
                return saveFailed(reply.error());
            m_assertionsChanged = false;
            show(*reply);
            saveCases();
        },
        options);
}

// One edit; more of them only where there are more than a thousand changes.
void DatasetEditor::saveCases()
{
    const CasesEdit edit = m_model.edit(mostInAnEdit);
    if (edit.added.isEmpty() && edit.changed.isEmpty() && edit.removed.isEmpty())
        return saveEnded();
    m_saveCall = m_workspace.api().call(endpoints::evaluations::editCases.at(m_id), edit, this,
                                        [this, edit](const Result<CasesEdited> &reply) {
                                            if (!reply)
                                                return saveFailed(reply.error());
                                            m_model.saved(edit, *reply);
                                            saveCases();
                                        });
}

void DatasetEditor::saveEnded()
{
    m_isSaving = false;
    if (m_dataset) {
        m_dataset->caseCount = m_model.rowCount();
        Q_EMIT changed(*m_dataset);
    }
    renew();
}

void DatasetEditor::saveFailed(const ApiError &error)
{
    m_isSaving = false;
    renew();
    if (error.status == 412 && !m_assertionsChanged)
        return mergeCases();
    if (error.status == 412) {
        // The assertions: one of the two stands.
        m_bannerAction = [this] {
            m_banner->hide();
            m_assertionsChanged = false;
            load();
        };
        m_workspace.api().call(endpoints::evaluations::getDataset.at(m_id), {}, this,
                               [this](const Result<Dataset> &reply) {
                                   if (reply)
                                       m_dataset = *reply; // saving again overwrites it
                               });
        return m_banner->show(Tone::Warning, u"triangle-alert"_s,
                              tr("Somebody else has changed the assertions meanwhile. Saving again overwrites theirs."),
                              tr("Take theirs"));
    }
    m_bannerAction = [this] { save(); };
    QString text = error.detail;
    for (const json::Problem &problem : error.errors)
        text += u"\n%1: %2"_s.arg(problem.pointer, problem.message);
    m_banner->show(Tone::Danger, u"circle-alert"_s, text, tr("Save again"));
}

void DatasetEditor::mergeCases()
{
    loadCases({}, {}, [this](const QList<EvaluationCase> &theirs) {
        const QList<CellConflict> conflicts = m_model.take(theirs);
        if (conflicts.isEmpty()) {
            m_bannerAction = [this] { save(); };
            renew();
            return m_banner->show(Tone::Info, u"info"_s,
                                  tr("Somebody else has changed other cells meanwhile; they are here now."),
                                  tr("Save mine"));
        }
        renew();
        decide(conflicts, true);
    });
}

void DatasetEditor::decide(const QList<CellConflict> &conflicts, bool thenSave)
{
    auto *dialog = new CaseConflictDialog(conflicts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CaseConflictDialog::decided, this, [this, thenSave](const QList<CellConflict> &decided) {
        m_model.decide(decided);
        renew();
        if (thenSave)
            save();
    });
    dialog->open();
}

// ---- what is not saved, on this computer

DatasetEditor::~DatasetEditor()
{
    if (m_draftTimer.isActive())
        keepDraft();
}

void DatasetEditor::keepDraft()
{
    m_draftTimer.stop();
    if (m_id.isNull() || !m_isLoaded)
        return;
    const QString key = m_id.toString(QUuid::WithoutBraces);
    if (m_model.isChanged())
        m_workspace.store().saveDraft(draftScope, key, m_model.draft(), 0);
    else
        m_workspace.store().removeDraft(draftScope, key);
}

bool DatasetEditor::restoreDraft(const QList<EvaluationCase> &cases)
{
    const auto draft = mayChange() && !m_model.isChanged()
        ? m_workspace.store().draft(draftScope, m_id.toString(QUuid::WithoutBraces))
        : std::nullopt;
    if (!draft)
        return false;
    try {
        const QList<CellConflict> conflicts = m_model.restore(draft->body, cases);
        if (!m_model.isChanged() && conflicts.isEmpty())
            return true;
        m_bannerAction = [this] {
            m_banner->hide();
            discardDraft();
            m_model.setCases({});
            load();
        };
        m_banner->show(Tone::Info, u"history"_s, tr("Restored draft · %1").arg(amounts::clock(draft->savedAt)),
                       tr("Discard draft"));
        if (!conflicts.isEmpty())
            decide(conflicts, false);
        return true;
    } catch (const json::InvalidError &) {
        discardDraft(); // of another version of this program
        return false;
    }
}

void DatasetEditor::discardDraft()
{
    m_draftTimer.stop();
    m_workspace.store().removeDraft(draftScope, m_id.toString(QUuid::WithoutBraces));
}

// ---- columns, name, files

void DatasetEditor::addColumn()
{
    auto *dialog = new Dialog(tr("Add a column"), Length::DialogSmall, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *name = new TextField(tr("Name of the variable"));
    name->edit()->setMaxLength(longestVariableName);
    name->setPlaceholder(u"order_id"_s);
    dialog->body()->addWidget(name);
    dialog->addCancel();
    Button *add = dialog->addMain(tr("Add column"));
    add->setEnabled(false);
    connect(name->edit(), &QLineEdit::textChanged, dialog, [this, add, name](const QString &text) {
        const bool isTaken = m_model.columns().contains(text.trimmed()) || text.startsWith(u'/');
        name->setError(isTaken ? tr("There is such a column already, or a slash leads the name") : QString());
        add->setEnabled(!text.trimmed().isEmpty() && !isTaken);
    });
    connect(dialog, &QDialog::accepted, this, [this, name] {
        m_model.addColumn(name->text().trimmed());
        m_grid->setFocus();
    });
    name->edit()->setFocus();
    dialog->open();
}

void DatasetEditor::rename()
{
    if (!m_dataset)
        return;
    auto *dialog = new DatasetDialog(m_workspace.api(), m_dataset, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DatasetDialog::saved, this, &DatasetEditor::show);
    dialog->open();
}

void DatasetEditor::importCases()
{
    auto *dialog = new CaseImportDialog(m_workspace.api(), m_id, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CaseImportDialog::imported, this, [this](int added) {
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("%n case(s) imported", nullptr, added)});
        if (!isChanged())
            return load();
        loadCases({}, {}, [this](const QList<EvaluationCase> &cases) {
            m_model.take(cases);
            renew();
        });
    });
    dialog->open();
}

void DatasetEditor::addFromJobs()
{
    auto *dialog = new CasesFromJobsDialog(m_workspace, m_id, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CasesFromJobsDialog::added, this, [this](const QList<EvaluationCase> &cases) {
        m_model.append(cases);
        renew();
        Q_EMIT toastRequested(
            {.tone = Tone::Success, .title = tr("%n case(s) added from jobs", nullptr, int(cases.size()))});
    });
    dialog->open();
}

void DatasetEditor::exportCases()
{
    const QString name = m_dataset ? m_dataset->name : u"dataset"_s;
    rowExport::ask(
        this, tr("Export cases"), name,
        [this](const QString &path) {
            auto *file = new DatasetExport(m_workspace, m_id, path, this);
            connect(file, &DatasetExport::finished, this, [this, path] {
                Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Cases exported"), .text = path});
            });
            connect(file, &DatasetExport::failed, this, [this](const QString &problem) {
                Q_EMIT toastRequested(
                    {.tone = Tone::Danger, .title = tr("The cases could not be exported"), .text = problem});
            });
            file->start();
        },
        rowExport::JsonForm::Lines);
}
