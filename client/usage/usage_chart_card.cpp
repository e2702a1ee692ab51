// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_chart_card.h"

#include "client/widgets/button.h"
#include "client/widgets/charts.h"
#include "client/widgets/row_export.h"

#include <QBoxLayout>
#include <QEvent>
#include <QMenu>

using chartExport::Form;

UsageChartCard::UsageChartCard(CategoryChart *chart, Numbers numbers, QWidget *parent)
    : Card({}, parent),
      m_chart(chart),
      m_legend(new ChartLegend),
      m_menuButton(new IconButton(QStringLiteral("download"), {})),
      m_numbers(std::move(numbers))
{
    auto *menu = new QMenu(this);
    for (const Form form : {Form::Png, Form::Svg, Form::Csv})
        m_actions.append(menu->addAction({}, this, [this, form] { save(form); }));
    m_menuButton->setMenu(menu);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    header()->addWidget(m_menuButton);
    body()->addWidget(m_legend);
    body()->addWidget(m_chart, 1);
    retranslate();
}

void UsageChartCard::show(const QString &title, const QString &note, const QStringList &legend)
{
    m_title = title;
    m_note = note;
    setTitle(title, note);
    m_legend->setSeries(legend);
    m_legend->setVisible(!legend.isEmpty());
    m_menuButton->setEnabled(!m_chart->data().isEmpty());
    retranslate();
}

QByteArray UsageChartCard::content(Form form) const
{
    if (form == Form::Csv)
        return m_numbers();
    return chartExport::picture(form, m_title, m_note, m_legend->isVisible() ? m_legend : nullptr, *m_chart);
}

void UsageChartCard::save(Form form)
{
    chartExport::ask(this, form, m_menuButton->toolTip(), m_fileName,
                     [this, form](const QString &path) { Q_EMIT saved(path, rowExport::write(path, content(form))); });
}

void UsageChartCard::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void UsageChartCard::retranslate()
{
    m_menuButton->setName(m_title.isEmpty() ? tr("Save this chart") : tr("Save the chart “%1”").arg(m_title));
    m_actions[0]->setText(tr("As a picture (PNG)…"));
    m_actions[1]->setText(tr("As a drawing (SVG)…"));
    m_actions[2]->setText(tr("Its numbers (CSV)…"));
}
