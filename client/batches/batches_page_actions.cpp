// SPDX-License-Identifier: GPL-3.0-or-later
// What may be done to a batch.
#include "client/batches/batch_export.h"
#include "client/batches/batch_pane.h"
#include "client/batches/batches_page.h"
#include "client/batches/run_file_dialog.h"
#include "client/design/icon.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/dialog.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/master_detail.h"
#include "client/widgets/row_export.h"
#include "shared/batches/endpoints.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace {

bool isOpen(const Batch &batch) { return batch.state == BatchState::Running || batch.state == BatchState::Paused; }

} // namespace

QList<BatchesPage::BatchCommand> BatchesPage::batchCommands() const
{
    const bool change = may(Ability::BatchesUpdate), jobs = may(Ability::JobsRead);
    return {{u"batches.jobs"_s, tr("Open its jobs"), u"list-checks"_s, u"Shift+Return"_s,
             [jobs](const Batch &) { return jobs; }, &BatchesPage::openJobs},
            {u"batches.pause"_s, tr("Pause or resume"), u"pause"_s, u"P"_s,
             [change](const Batch &batch) { return change && isOpen(batch); }, &BatchesPage::pauseOrResume},
            {u"batches.retry"_s, tr("Retry failed rows"), u"rotate-cw"_s, u"R"_s,
             [change](const Batch &batch) { return change && batch.failed + batch.dead > 0; }, &BatchesPage::retry},
            {u"batches.export"_s,
             tr("Export results"),
             u"download"_s,
             {},
             [jobs](const Batch &) { return jobs; },
             &BatchesPage::askExport},
            {u"batches.cancel"_s, tr("Cancel batch"), u"square"_s, u"Del"_s,
             [change](const Batch &batch) { return change && isOpen(batch); }, &BatchesPage::cancel}};
}

std::optional<Batch> BatchesPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(m_model.row(index)) : std::nullopt;
}

void BatchesPage::fillRowMenu(QMenu *menu, const QModelIndex &index)
{
    const Batch batch = m_model.row(index);
    menu->addAction(tr("Open details"), this, [this, id = batch.id] { m_split->open(m_model.indexOf(id)); });
    for (const BatchCommand &command : batchCommands()) {
        if (!command.may(batch))
            continue;
        const bool resumes = command.id == u"batches.pause"_s && batch.state == BatchState::Paused;
        const QString text = command.id != u"batches.pause"_s ? command.text : resumes ? tr("Resume") : tr("Pause");
        const QString key = command.keys.isEmpty() ? QString() : u'\t' + shownKey(command.keys);
        menu->addAction(themedIcon(resumes ? u"play"_s : command.icon), text + key, this,
                        [this, run = command.run, batch] { (this->*run)(batch); });
    }
}

QList<Command> BatchesPage::commands()
{
    const auto chosen = current();
    QList<Command> all;
    const auto page = [&](const QString &id, const QString &text, const QString &icon, const QString &keys,
                          std::function<void()> run) {
        all.append({.id = id,
                    .text = text,
                    .icon = icon,
                    .keys = keys,
                    .scope = Command::Scope::Page,
                    .run = std::move(run),
                    .enabled = {},
                    .subject = {}});
    };
    if (may(Ability::BatchesCreate))
        page(u"batches.run"_s, tr("Run over a file"), u"upload"_s, u"N"_s, [this] { runFile(); });
    page(u"batches.filter"_s, tr("Search batches"), u"filter"_s, u"F; Ctrl+F; /"_s,
         [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); });
    page(u"batches.reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, [this] { load(); });
    for (const BatchCommand &command : batchCommands())
        all.append({.id = command.id,
                    .text = command.text,
                    .icon = command.icon,
                    .keys = command.keys,
                    .scope = Command::Scope::List,
                    .run =
                        [this, run = command.run] {
                            if (const auto batch = current())
                                (this->*run)(*batch);
                        },
                    .enabled =
                        [this, may = command.may] {
                            const auto batch = current();
                            return batch && may(*batch);
                        },
                    .subject = chosen ? chosen->name : QString()});
    return all;
}

void BatchesPage::call(const Batch &batch, const Endpoint<Nothing, Batch> &endpoint, const QString &done,
                       const QString &refused)
{
    m_workspace.api().call(
        endpoint.at(batch.id), {}, this, [this, batch, &endpoint, done, refused](const Result<Batch> &reply) {
            if (reply) {
                put(*reply);
                return Q_EMIT toastRequested({.tone = Tone::Info, .title = done, .text = batch.name});
            }
            Q_EMIT toastRequested(
                {.tone = Tone::Danger,
                 .title = refused,
                 .text = batch.name + u" — "_s + reply.error().detail,
                 .retry = [this, batch, &endpoint, done, refused] { call(batch, endpoint, done, refused); },
                 .details = QString::fromUtf8(json::print(reply.error()))});
        });
}

void BatchesPage::pauseOrResume(const Batch &batch)
{
    if (batch.state == BatchState::Paused)
        call(batch, endpoints::batches::resume, tr("Batch resumed"), tr("Could not resume the batch"));
    else
        call(batch, endpoints::batches::pause, tr("Batch paused"), tr("Could not pause the batch"));
}

void BatchesPage::retry(const Batch &batch)
{
    call(batch, endpoints::batches::retry, tr("%n row(s) queued again", nullptr, batch.failed + batch.dead),
         tr("Could not retry the batch"));
}

void BatchesPage::cancel(const Batch &batch)
{
    Dialog *dialog = Dialog::question(
        tr("Cancel “%1”?").arg(batch.name),
        tr("%n job(s) that wait or run end. What is done stays.", nullptr, batch.queued + batch.running),
        tr("Cancel batch"), this);
    connect(dialog, &QDialog::accepted, this, [this, batch] {
        call(batch, endpoints::batches::cancel, tr("Batch cancelled"), tr("Could not cancel the batch"));
    });
    dialog->open();
}

void BatchesPage::openJobs(const Batch &batch)
{
    Q_EMIT navigationRequested(
        u"jobs"_s,
        {{u"tab"_s, u"all"_s}, {u"batch"_s, batch.id.toString(QUuid::WithoutBraces)}, {u"batchName"_s, batch.name}});
}

void BatchesPage::askExport(const Batch &batch)
{
    rowExport::ask(
        this, tr("Export results"), QString(batch.name).replace(u'/', u'-'),
        [this, batch](const QString &path) { exportTo(batch, path); }, rowExport::JsonForm::Lines);
}

void BatchesPage::exportTo(const Batch &batch, const QString &path)
{
    auto *job = new BatchExport(m_workspace.api(), batch.id, path, this);
    connect(job, &BatchExport::finished, this, [this, path](int rows) {
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("%n row(s) exported", nullptr, rows), .text = path});
    });
    connect(job, &BatchExport::failed, this, [this, path](const QString &problem) {
        Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
    });
    job->start();
}
