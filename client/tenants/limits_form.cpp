// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/limits_form.h"

#include "client/tenants/tenant_looks.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostAllowed = 1'000'000'000;

// Nothing where it is no number that a limit can have.
std::optional<qint64> numberOf(const QString &text)
{
    bool isNumber = false;
    qint64 number = QLocale().toLongLong(text.trimmed(), &isNumber);
    if (!isNumber)
        number = text.trimmed().toLongLong(&isNumber);
    return isNumber && number >= 0 && number <= mostAllowed ? std::optional(number) : std::nullopt;
}

} // namespace

LimitsForm::LimitsForm(QWidget *parent)
    : QWidget(parent),
      m_rows{{"/limits/users", &TenantLimits::users, new TextField(tr("People at most"))},
             {"/limits/templates", &TenantLimits::templates, new TextField(tr("Templates at most"))},
             {"/limits/jobsPerDay", &TenantLimits::jobsPerDay, new TextField(tr("Jobs a day"))},
             {"/limits/waitingJobs", &TenantLimits::waitingJobs, new TextField(tr("Waiting jobs"))}}
{
    for (const Row &row : std::as_const(m_rows)) {
        row.field->setPlaceholder(fallbackOf({}));
        connect(row.field->edit(), &QLineEdit::textEdited, this, &LimitsForm::edited);
    }
    setLayout(
        layout::column({layout::row({layout::wide(m_rows[0].field), layout::wide(m_rows[1].field)}, Length::Space12),
                        layout::row({layout::wide(m_rows[2].field), layout::wide(m_rows[3].field)}, Length::Space12)},
                       Length::Space12));
}

void LimitsForm::setLimits(const TenantLimits &limits)
{
    for (const Row &row : std::as_const(m_rows)) {
        const std::optional<qint64> &limit = limits.*row.limit;
        row.field->setText(limit ? QLocale().toString(*limit) : QString());
    }
}

void LimitsForm::setPlan(const TenantLimits &ofPlan)
{
    for (const Row &row : std::as_const(m_rows))
        row.field->setPlaceholder(fallbackOf(ofPlan.*row.limit));
}

TenantLimits LimitsForm::limits() const
{
    TenantLimits limits;
    for (const Row &row : m_rows)
        limits.*row.limit = numberOf(row.field->text());
    return limits;
}

bool LimitsForm::isValid() const
{
    bool areAllValid = true;
    for (const Row &row : m_rows) {
        const bool isValid = row.field->text().trimmed().isEmpty() || numberOf(row.field->text());
        row.field->setError(isValid ? QString() : tr("A whole number, or nothing."));
        areAllValid = areAllValid && isValid;
    }
    return areAllValid;
}

QList<std::pair<QString, FormField *>> LimitsForm::places() const
{
    QList<std::pair<QString, FormField *>> places;
    for (const Row &row : m_rows)
        places.append({QString::fromLatin1(row.member), row.field});
    return places;
}
