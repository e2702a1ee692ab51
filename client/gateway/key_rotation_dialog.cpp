// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/key_rotation_dialog.h"

#include "client/widgets/amounts.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int anHour = 60, aDay = 24 * anHour; // minutes

} // namespace

KeyRotationDialog::KeyRotationDialog(const GatewayKey &key, QWidget *parent)
    : Dialog(tr("Give “%1” another secret").arg(key.name), Length::DialogSmall, parent),
      m_overlap(new Select(tr("The secret before stays good")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_overlap->setChoices({{0, tr("Not at all: it has leaked")},
                           {anHour, tr("For an hour")},
                           {aDay, tr("For a day")},
                           {7 * aDay, tr("For a week")},
                           {30 * aDay, tr("For 30 days")}});
    m_overlap->setValue(aDay);
    auto *about = new Label(tr("The key keeps its name, owner, limits and usage. Both secrets are good meanwhile, so "
                               "that programs can change over one by one."),
                            TextStyle::Body, ColorRole::Text2);
    about->setWordWrap(true);
    body()->addWidget(about);
    auto *field = new FormField(tr("The secret before stays good"), m_overlap);
    body()->addWidget(field);
    if (key.formerUntil && *key.formerUntil > QDateTime::currentDateTimeUtc())
        field->setHelp(tr("There is one from an earlier rotation, good until %1. It ends now.")
                           .arg(amounts::dayAndTime(*key.formerUntil)));
    addCancel();
    addMain(tr("Make another secret"));
    m_overlap->setFocus();
}

int KeyRotationDialog::overlapMinutes() const { return m_overlap->value().toInt(); }
