// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_limits_dialog.h"

#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/jobs/endpoints.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRunning = 100'000;
constexpr qsizetype mostLimits = 200;

std::optional<int> amountIn(const QString &text)
{
    bool isNumber = false;
    const int amount = QLocale().toInt(text.trimmed(), &isNumber);
    return isNumber && amount >= 0 && amount <= mostRunning ? std::optional(amount) : std::nullopt;
}

} // namespace

JobLimitsDialog::JobLimitsDialog(Workspace &workspace, const QStringList &models, QWidget *parent)
    : Dialog(tr("Jobs at a time"), Length::DialogMedium, parent),
      m_workspace(workspace),
      m_models(models),
      m_banner(new Banner),
      m_all(new TextField(tr("All jobs of the tenant"))),
      m_title(new Label(tr("Of a provider or model"), TextStyle::BodyStrong)),
      m_lines(layout::column({})),
      m_add(new Button(tr("Add a limit"), u"plus"_s, ButtonVariant::Ghost))
{
    m_all->setPlaceholder(tr("As many as there is room for"));
    m_all->setHelp(tr("The others wait. Operators may have limits beside these."));
    body()->addWidget(m_banner);
    body()->addWidget(m_all);
    body()->addWidget(m_title);
    body()->addLayout(m_lines);
    body()->addLayout(layout::row({m_add, layout::stretch()}));
    addCancel();
    m_save = addMain(tr("Save limits"));
    connect(m_all->edit(), &QLineEdit::textChanged, this, &JobLimitsDialog::renew);
    connect(m_add, &QPushButton::clicked, this, [this] {
        addLine({});
        m_rows.last().model->setFocus();
        fitContent();
    });
    connect(m_banner, &Banner::actionRequested, this, &JobLimitsDialog::load);
    renew();
    load();
}

void JobLimitsDialog::load()
{
    m_banner->hide();
    m_workspace.api().call(endpoints::jobs::settings, {}, this, [this](const Result<JobSettings> &reply) {
        if (!reply)
            return m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail, tr("Try again"));
        show(*reply);
    });
}

void JobLimitsDialog::show(const JobSettings &settings)
{
    m_before = settings;
    m_all->setText(settings.runningJobs ? QLocale().toString(*settings.runningJobs) : QString());
    for (const Line &line : std::exchange(m_rows, {}))
        delete line.row;
    for (const RunningLimit &limit : settings.models)
        addLine(limit);
    renew();
    if (isVisible())
        fitContent();
}

void JobLimitsDialog::addLine(const RunningLimit &limit)
{
    auto *model = new QComboBox;
    model->setEditable(true);
    model->setInsertPolicy(QComboBox::NoInsert);
    model->setAccessibleName(tr("Provider or model"));
    model->addItems(m_models);
    model->setCurrentText(limit.model);
    model->lineEdit()->setAccessibleName(tr("Provider or model"));
    model->lineEdit()->setPlaceholderText(tr("anthropic or anthropic/claude-sonnet-4.5"));
    auto *amount = new TextField({});
    amount->edit()->setAccessibleName(tr("Jobs at a time"));
    amount->setText(limit.model.isEmpty() ? QString() : QLocale().toString(limit.amount));
    auto *remove = new IconButton(u"x"_s, tr("Remove the limit"));
    auto *row = layout::box(layout::row({layout::wide(model, 3), layout::wide(amount, 1), remove}));
    m_lines->addWidget(row);
    m_rows.append({row, model, amount});
    connect(model, &QComboBox::editTextChanged, this, &JobLimitsDialog::renew);
    connect(amount->edit(), &QLineEdit::textChanged, this, &JobLimitsDialog::renew);
    connect(remove, &QToolButton::clicked, this, [this, row] {
        m_rows.removeIf([row](const Line &line) { return line.row == row; });
        row->hide();
        row->deleteLater();
        renew();
        m_add->setFocus();
    });
    renew();
}

std::optional<JobSettings> JobLimitsDialog::entered() const
{
    JobSettings settings;
    if (!m_before)
        return {};
    settings.revision = m_before->revision;
    if (const QString all = m_all->text().trimmed(); !all.isEmpty()) {
        settings.runningJobs = amountIn(all);
        if (!settings.runningJobs)
            return {};
    }
    for (const Line &line : m_rows) {
        const auto amount = amountIn(line.amount->text());
        const QString model = line.model->currentText().trimmed();
        if (!amount || model.isEmpty())
            return {};
        settings.models.append({model, *amount});
    }
    return settings;
}

void JobLimitsDialog::renew()
{
    const bool mayChange = m_workspace.session().can(Ability::SettingsUpdate);
    const QString wrong = tr("A whole number from 0 to %1.").arg(QLocale().toString(mostRunning));
    const auto check = [&](TextField *field, const QString &help) {
        const QString text = field->text().trimmed();
        field->setError(text.isEmpty() || amountIn(text) ? QString() : wrong);
        field->setHelp(amountIn(text) == 0 ? tr("0 lets none run.") : help);
    };
    check(m_all, tr("The others wait. Operators may have limits beside these."));
    for (const Line &line : std::as_const(m_rows))
        check(line.amount, {});
    m_add->setVisible(mayChange);
    m_add->setEnabled(m_before && m_rows.size() < mostLimits);
    m_all->edit()->setReadOnly(!mayChange);
    m_save->setVisible(mayChange);
    m_save->setEnabled(!m_sending && entered().has_value());
}

void JobLimitsDialog::accept()
{
    const auto settings = entered();
    if (!settings || m_sending || !m_workspace.session().can(Ability::SettingsUpdate))
        return;
    m_sending = true;
    renew();
    m_workspace.api().call(endpoints::jobs::updateSettings, *settings, this,
                           [this](const Result<JobSettings> &reply) { answered(reply); },
                           {.revision = m_before->revision});
}

void JobLimitsDialog::answered(const Result<JobSettings> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved();
        return Dialog::accept();
    }
    renew();
    QList<std::pair<QString, FormField *>> places{{u"/runningJobs"_s, m_all}};
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        places.append({u"/models/%1"_s.arg(i), m_rows[i].amount});
    if (reply.error().status == 412)
        m_banner->show(Tone::Warning, u"triangle-alert"_s, tr("Somebody else has changed the limits meanwhile."),
                       tr("Load them"));
    else if (reply.error().errors.isEmpty() || !showProblems(reply.error().errors, places))
        m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail);
    fitContent();
}
