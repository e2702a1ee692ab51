// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/rerate_dialog.h"

#include "client/design/theme.h"
#include "client/prices/price_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/tenants/endpoints.h"
#include "shared/usage/price_endpoints.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLineEdit>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto longestComputing = 30min; // over a large ledger, without a byte of an answer

} // namespace

RerateDialog::RerateDialog(ApiClient &api, bool isOperator, QWidget *parent)
    : Dialog(tr("Compute costs anew"), Length::DialogLarge, parent),
      m_api(api),
      m_isOperator(isOperator),
      m_tenant(new Select(tr("Tenant"))),
      m_tenantField(new FormField(tr("Tenant"), m_tenant)),
      m_from(new TextField(tr("From (UTC)"))),
      m_to(new TextField(tr("Until (UTC)"))),
      m_only(new TextField(tr("Model"))),
      m_banner(new Banner),
      m_total(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_table(new DataTable(tr("Costs by model"))),
      m_export(new Button(tr("Export calls that differ…"), u"download"_s))
{
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const QDate month(today.year(), today.month(), 1);
    m_from->setText(month.toString(Qt::ISODate));
    m_to->setText(month.addMonths(1).toString(Qt::ISODate));
    m_only->setPlaceholder(u"openai/gpt-5-mini"_s);
    m_only->setNote(tr("may stay empty"));
    m_table->setModel(&m_model);
    m_table->setMinimumHeight(px(Length::ChartMinimum));
    m_table->emptyState()->show(u"coins"_s, tr("Nothing computed yet"),
                                tr("The ledger of the period is priced by the book as it is now, call by call. What "
                                   "stands in the ledger is not changed."));
    m_total->setWordWrap(true);
    m_tenantField->setVisible(isOperator);
    body()->addLayout(
        layout::row({layout::wide(m_tenantField), layout::wide(m_from), layout::wide(m_to), layout::wide(m_only)},
                    Length::Space12));
    for (QWidget *part :
         {static_cast<QWidget *>(m_banner), static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_total)})
        body()->addWidget(part);
    body()->addWidget(m_export, 0, Qt::AlignLeft);
    addCancel(tr("Close"));
    m_compute = addMain(tr("Compute"));
    for (TextField *field : {m_from, m_to, m_only})
        connect(field->edit(), &QLineEdit::textChanged, this, &RerateDialog::typed);
    connect(m_tenant, &Select::valueChosen, this, &RerateDialog::typed);
    connect(m_export, &QPushButton::clicked, this, &RerateDialog::askWhereTo);
    if (isOperator)
        loadTenants({}, {});
    typed();
    (isOperator ? static_cast<QWidget *>(m_tenant) : m_from->edit())->setFocus();
}

void RerateDialog::loadTenants(const std::optional<QString> &cursor, QList<Tenant> before)
{
    TenantFilter all;
    all.limit = 200;
    all.cursor = cursor;
    m_api.call(endpoints::tenants::list, all, this, [this, before](const Result<Page<Tenant>> &reply) {
        if (!reply)
            return failed(reply.error());
        const auto tenants = before + reply->items;
        if (reply->nextCursor)
            return loadTenants(reply->nextCursor, tenants);
        QList<std::pair<QVariant, QString>> choices;
        for (const Tenant &tenant : tenants)
            if (tenant.slug != u"platform"_s) // of the operators, who call no models
                choices.append({tenant.id, tenant.name});
        m_tenant->setChoices(choices);
        typed();
    });
}

std::optional<RerateInput> RerateDialog::input() const
{
    const auto from = momentOf(m_from->text()), to = momentOf(m_to->text());
    if (!from || !to || *from >= *to || (m_isOperator && !m_tenant->value().isValid()))
        return std::nullopt;
    RerateInput input;
    input.from = *from;
    input.to = *to;
    input.limit = 0;
    if (m_isOperator)
        input.tenantId = m_tenant->value().toUuid();
    if (const QString model = m_only->text().trimmed(); !model.isEmpty())
        input.model = model;
    return input;
}

void RerateDialog::typed()
{
    const auto wrong = [](const TextField *field) {
        return momentOf(field->text()) ? QString() : tr("Such as 2026-12-01");
    };
    m_from->setError(wrong(m_from));
    m_to->setError(wrong(m_to));
    m_compute->setEnabled(input().has_value() && !m_call.isPending());
    m_export->setEnabled(m_computed && !m_call.isPending());
}

void RerateDialog::accept()
{
    const auto wanted = input();
    if (!wanted || m_call.isPending())
        return;
    m_computed.reset();
    m_table->emptyState()->hide();
    m_model.setRows(QList<ReratedRow>());
    m_table->setLoading(true);
    m_banner->hide();
    m_total->setText(tr("Computing…"));
    m_call = m_api.call(endpoints::prices::rerate, *wanted, this,
                        [this, wanted](const Result<Rerating> &reply) {
                            m_table->setLoading(false);
                            m_computed = reply && reply->total.differingCalls > 0 ? wanted : std::nullopt;
                            answered(reply);
                        },
                        {.timeout = longestComputing});
    typed();
}

void RerateDialog::answered(const Result<Rerating> &reply)
{
    reply ? showSums(*reply) : failed(reply.error());
    m_call = {};
    typed();
}

void RerateDialog::showSums(const Rerating &rerating)
{
    QList<ReratedRow> rows;
    for (const ReratedModel &model : rerating.models)
        rows.append({model.model, model});
    m_model.setRows(rows);
    if (rows.isEmpty())
        m_table->emptyState()->show(u"coins"_s, tr("No calls"), tr("Nothing was called in this period."));
    m_table->emptyState()->setVisible(rows.isEmpty());
    const ReratedModel &total = rerating.total;
    m_total->setText(
        tr("%n call(s)", nullptr, int(total.calls)) + u" · "_s
        + tr("%1 in the ledger, %2 by the book: %3")
              .arg(amounts::cost(total.costNanos), amounts::cost(total.reratedNanos),
                   total.differingCalls == 0 ? tr("no difference") : shownDifference(total.differenceNanos))
        + u" · "_s + tr("%n call(s) differ", nullptr, int(total.differingCalls)));
}

void RerateDialog::failed(const ApiError &error)
{
    m_total->clear();
    m_table->emptyState()->setVisible(m_model.rowCount() == 0);
    m_banner->show(Tone::Danger, u"circle-alert"_s,
                   error.errors.isEmpty() ? error.detail
                                          : error.errors.first().pointer.mid(1) + u' ' + error.errors.first().message);
}

void RerateDialog::askWhereTo()
{
    auto *files = new QFileDialog(this, tr("Export calls that differ"), u"rerated.csv"_s, u"CSV (*.csv)"_s);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->setDefaultSuffix(u"csv"_s);
    connect(files, &QFileDialog::fileSelected, this, &RerateDialog::exportTo);
    files->open();
}

// Goes to the disk as it comes; the file appears whole or not at all.
void RerateDialog::exportTo(const QString &path)
{
    if (!m_computed || m_call.isPending())
        return;
    const auto file = std::make_shared<QSaveFile>(path);
    if (!file->open(QSaveFile::WriteOnly))
        return m_banner->show(Tone::Danger, u"circle-alert"_s, tr("Could not write %1").arg(path));
    RerateInput wanted = *m_computed;
    wanted.format = RerateFormat::Csv;
    const Call<RerateInput, Nothing, Nothing> asCsv{Method::Post, QString::fromLatin1(endpoints::prices::rerate.path)};
    m_call =
        m_api.call(asCsv, wanted, this,
                   [this, file, path](const Result<Nothing> &reply) {
                       m_call = {};
                       typed();
                       if (!reply)
                           return failed(reply.error());
                       if (!file->commit())
                           return m_banner->show(Tone::Danger, u"circle-alert"_s, tr("Could not write %1").arg(path));
                       m_banner->show(Tone::Success, u"circle-check"_s, tr("Exported to %1").arg(path));
                       Q_EMIT exported(path);
                   },
                   {.timeout = longestComputing, .sink = file.get()});
    typed();
}
