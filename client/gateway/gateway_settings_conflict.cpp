// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_settings_conflict.h"

#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

GatewaySettingsConflict::GatewaySettingsConflict(QWidget *parent)
    : QWidget(parent),
      m_text(new Label({}, TextStyle::Body, ColorRole::Warning)),
      m_theirs(new Button),
      m_mine(new Button)
{
    m_text->setWordWrap(true);
    setLayout(layout::inset(layout::row({layout::wide(m_text), m_theirs, m_mine}, Length::Space10),
                            {Length::Space24, Length::Space8, Length::Space24, Length::Space8}));
    hide();
    connect(m_theirs, &QPushButton::clicked, this, &GatewaySettingsConflict::takeTheirs);
    connect(m_mine, &QPushButton::clicked, this, &GatewaySettingsConflict::saveMine);
    retranslate();
}

void GatewaySettingsConflict::show(const QStringList &differences)
{
    m_differences = differences;
    retranslate();
    setVisible(true);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void GatewaySettingsConflict::setMineIsValid(bool isValid) { m_mine->setEnabled(isValid); }

void GatewaySettingsConflict::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().color(ColorRole::WarningSoft));
}

void GatewaySettingsConflict::retranslate()
{
    m_text->setText(m_differences.isEmpty()
                        ? tr("Somebody else has saved these settings meanwhile.")
                        : tr("Somebody else has saved these settings meanwhile. Yours differ in: %1.")
                              .arg(m_differences.join(u", "_s)));
    setAccessibleName(m_text->text());
    m_theirs->setText(tr("Take theirs"));
    m_theirs->setHint(tr("Gives up what was changed here"));
    m_mine->setText(tr("Save mine"));
    m_mine->setHint(tr("Overwrites what somebody else has saved"));
}
